using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using PasswordOps.Core.Knowledge;

namespace PasswordOps.Core;

/// <summary>The translations into one language. Read at the first text of that language, and never where English is spoken.</summary>
internal sealed class TextCatalog
{
    /// <summary>The languages besides English, as two letters.</summary>
    internal static readonly string[] Languages = { "nl" };

    private static readonly ConcurrentDictionary<string, TextCatalog?> Known = new(StringComparer.Ordinal);

    private readonly Func<string, string?> find;

    internal TextCatalog(Func<string, string?> find)
    {
        this.find = find;
    }

    /// <summary>The catalogue of the present language; null for English and for a language that there is none of.</summary>
    public static TextCatalog? Current
    {
        get
        {
            string language = Text.Language.TwoLetterISOLanguageName;
            return language == "en" ? null : Known.GetOrAdd(language, Load);
        }
    }

    public string? Find(string english) => find(english);

    /// <summary>Takes a catalogue for a language that has none.</summary>
    internal static void Add(string language, TextCatalog catalog) => Known[language] = catalog;

    private static TextCatalog? Load(string language)
    {
        if (Array.IndexOf(Languages, language) < 0)
        {
            return null;
        }

        Dictionary<string, string> translations = KnowledgeTable.Load("texts." + language).Rows
            .ToDictionary(row => row["english"], row => row["translation"], StringComparer.Ordinal);
        return new TextCatalog(english => translations.TryGetValue(english, out string? found) ? found : null);
    }
}
