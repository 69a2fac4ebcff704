using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using PasswordOps.Core;

namespace PasswordOps;

/// <summary>
/// Sets what a person sees: one answer as a first line and labelled lines, or one of many as a row of columns. The format file shows it as
/// it stands: PowerShell itself breaks lines also within words and cuts what does not fit, and views built of many parts cost time at every
/// import.
/// </summary>
internal static class Card
{
    private const int Width = 79;
    private const int Indent = 2;

    /// <summary>Sets a card.</summary>
    /// <param name="head">First line.</param>
    /// <param name="lines">Labels and texts; a text keeps its own line ends, and one that is null is left out.</param>
    /// <returns>Lines of at most 79 columns, colours not counted; only a longer word stays whole.</returns>
    internal static string Of(string head, params (string Label, string? Text)[] lines)
    {
        lines = lines.Where(line => line.Text is not null).Select(line => (Text.Translated(line.Label), line.Text)).ToArray();
        int label = lines.Select(line => line.Label.Length).DefaultIfEmpty().Max() + 2;
        StringBuilder card = new();
        card.Append(string.Join("\n", Broken(Harmless(head), Width)));
        foreach ((string name, string? text) in lines)
        {
            string margin = new(' ', Indent + label);
            card.Append('\n').Append(' ', Indent).Append(name.PadRight(label));
            string[] parts = Harmless(text!).Split('\n');
            card.Append(string.Join("\n" + margin, parts.SelectMany(part => Broken(part.TrimEnd('\r'), Width - margin.Length))));
        }

        return card.Append('\n').ToString();
    }

    /// <summary>Sets a row: columns of a fixed width, then a text that goes on below itself.</summary>
    /// <param name="text">The last column.</param>
    /// <param name="columns">Texts and widths; a longer text pushes the others on, and the last column to the next line.</param>
    /// <returns>The row.</returns>
    internal static string Row(string text, params (string Text, int Width)[] columns)
    {
        StringBuilder row = new();
        int column = 0;
        int margin = 0;
        foreach ((string given, int width) in columns)
        {
            string cell = Harmless(given);
            margin += width + 2;
            int blanks = Math.Max(2, margin - column - Visible(cell));
            row.Append(cell).Append(' ', blanks);
            column += Visible(cell) + blanks;
        }

        string under = "\n" + new string(' ', margin);
        return row + (column > margin ? under : string.Empty)
            + string.Join(under, Harmless(text).Split('\n').SelectMany(part => Broken(part, Width - margin)));
    }

    // What comes out of a directory may hold characters that move the cursor, clear the screen or turn the line around: they are shown
    // as what they are, a character without a picture. The colours of this module's own stay.
    private static string Harmless(string text)
    {
        int at = 0;
        while (at < text.Length && !IsControl(text[at]))
        {
            at++;
        }

        if (at == text.Length)
        {
            return text;
        }

        StringBuilder safe = new(text, 0, at, text.Length);
        while (at < text.Length)
        {
            int colour = Paint.LengthOfColour(text, at);
            if (colour > 0)
            {
                safe.Append(text, at, colour);
                at += colour;
                continue;
            }

            safe.Append(IsControl(text[at]) ? '\uFFFD' : text[at]);
            at++;
        }

        return safe.ToString();
    }

    private static bool IsControl(char character) =>
        (char.IsControl(character) && character is not ('\n' or '\r'))
        || character is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    private static IEnumerable<string> Broken(string text, int width)
    {
        StringBuilder line = new();
        int column = 0;
        foreach (string word in text.Split(' '))
        {
            int length = Visible(word);
            if (column > 0 && column + 1 + length > width)
            {
                yield return line.ToString();
                line.Clear();
                column = 0;
            }
            else if (column > 0)
            {
                line.Append(' ');
                column++;
            }

            line.Append(word);
            column += length;
        }

        yield return line.ToString();
    }

    // Colours take no column.
    private static int Visible(string word)
    {
        int length = 0;
        for (int i = 0; i < word.Length; i++)
        {
            int end = word[i] == '\u001b' ? word.IndexOf('m', i) : -1;
            if (end >= 0)
            {
                i = end;
            }
            else
            {
                length++;
            }
        }

        return length;
    }
}
