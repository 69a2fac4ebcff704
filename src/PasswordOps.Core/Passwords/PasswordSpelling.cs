using System;
using System.Collections.Generic;
using System.Linq;

namespace PasswordOps.Core.Passwords;

/// <summary>
/// Says a password over the telephone, character by character, in English: <c>capital Delta</c>, <c>alfa</c>, <c>four</c>.
/// </summary>
public static class PasswordSpelling
{
    private static readonly string[] Letters =
        ("alfa bravo charlie delta echo foxtrot golf hotel india juliett kilo lima mike november oscar papa quebec romeo sierra tango "
        + "uniform victor whiskey x-ray yankee zulu").Split(' ');

    private static readonly string[] Capitals =
        Letters.Select(word => "capital " + char.ToUpperInvariant(word[0]) + word.Substring(1)).ToArray();

    private static readonly string[] Digits = "zero one two three four five six seven eight nine".Split(' ');

    private static readonly Dictionary<char, string> Symbols = new()
    {
        [' '] = "space", ['!'] = "exclamation mark", ['"'] = "double quote", ['#'] = "hash", ['$'] = "dollar", ['%'] = "percent",
        ['&'] = "ampersand", ['\''] = "apostrophe", ['('] = "open parenthesis", [')'] = "close parenthesis", ['*'] = "star",
        ['+'] = "plus", [','] = "comma", ['-'] = "hyphen", ['.'] = "dot", ['/'] = "slash", [':'] = "colon", [';'] = "semicolon",
        ['<'] = "less than", ['='] = "equals", ['>'] = "greater than", ['?'] = "question mark", ['@'] = "at", ['['] = "open bracket",
        ['\\'] = "backslash", [']'] = "close bracket", ['^'] = "caret", ['_'] = "underscore", ['`'] = "backtick", ['{'] = "open brace",
        ['|'] = "vertical bar", ['}'] = "close brace", ['~'] = "tilde",
    };

    /// <summary>Gives one word for each character. Together they are the password: show them to whoever reads it aloud, and to no log.
    /// </summary>
    /// <param name="password">The password.</param>
    /// <returns>Fixed words, never parts of the password; clear the array when it was read.</returns>
    /// <exception cref="ArgumentException">It has a character that Entra ID does not take.</exception>
    public static string[] Of(Password password) => Array.ConvertAll(password.Characters, Word);

    private static string Word(char c) => c switch
    {
        >= 'a' and <= 'z' => Letters[c - 'a'],
        >= 'A' and <= 'Z' => Capitals[c - 'A'],
        >= '0' and <= '9' => Digits[c - '0'],
        _ => Symbols.TryGetValue(c, out string? word) ? word : throw new ArgumentException("A character has no name."),
    };
}
