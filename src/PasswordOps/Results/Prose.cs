using System;
using System.Text;

namespace PasswordOps;

/// <summary>Sets text for views: PowerShell itself breaks lines anywhere, also within words.</summary>
internal static class Prose
{
    /// <summary>Beside the longest label, what a screen of 80 columns has left.</summary>
    internal const int Width = 62;

    /// <summary>Breaks text between words.</summary>
    /// <param name="text">The text; its own line ends stay.</param>
    /// <returns>Lines of at most <see cref="Width"/> characters, colours not counted; a longer word stays whole.</returns>
    internal static string Wrap(string text)
    {
        StringBuilder lines = new();
        int column = 0;
        foreach (string line in text.Split('\n'))
        {
            if (lines.Length > 0)
            {
                lines.Append('\n');
                column = 0;
            }

            foreach (string word in line.TrimEnd('\r').Split(' '))
            {
                int length = Visible(word);
                if (column > 0 && column + 1 + length > Width)
                {
                    lines.Append('\n');
                    column = 0;
                }
                else if (column > 0)
                {
                    lines.Append(' ');
                    column++;
                }

                lines.Append(word);
                column += length;
            }
        }

        return lines.ToString();
    }

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
