using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using PasswordOps.Core.Knowledge;

namespace PasswordOps.Core;

/// <summary>The translations into one language. Read at the first text of that language, and never where English is spoken.</summary>
internal sealed class TextCatalog
{
    private static readonly string[] Languages = { "nl" };
    private static readonly ConcurrentDictionary<string, TextCatalog> Loaded = new(StringComparer.Ordinal);

    private readonly Dictionary<string, string> translations;

    private TextCatalog(KnowledgeTable table)
    {
        translations = table.Rows.ToDictionary(row => row["english"], row => row["translation"], StringComparer.Ordinal);
    }

    /// <summary>The catalogue of the present language; null for English and for a language that there is none of.</summary>
    public static TextCatalog? Current
    {
        get
        {
            string language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;
            return Array.IndexOf(Languages, language) < 0
                ? null
                : Loaded.GetOrAdd(language, name => new TextCatalog(KnowledgeTable.Load("texts." + name)));
        }
    }

    public string? Find(string english) => translations.TryGetValue(english, out string? found) ? found : null;
}
