using System;
using System.ComponentModel;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace PasswordOps.Core;

/// <summary>
/// What the compiler makes of an interpolated string that is given to <see cref="Text.Of"/>. In English it is the text itself; in another
/// language the parts are gathered to the key <c>"... {0} ... {1}"</c> first, whose translation then takes the values, in its own order.
/// </summary>
[InterpolatedStringHandler]
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct Phrase
{
    private readonly TextCatalog? catalog;
    private readonly int length;
    private readonly string[] values;
    private StringBuilder? text;
    private string? whole;
    private int count;

    /// <summary>Begins one; called by the compiler.</summary>
    /// <param name="literalLength">Characters of the text without its values.</param>
    /// <param name="formattedCount">Values.</param>
    public Phrase(int literalLength, int formattedCount)
    {
        catalog = TextCatalog.Current;
        values = catalog is null ? Array.Empty<string>() : new string[formattedCount];
        length = literalLength + (16 * formattedCount);
    }

    /// <summary>Adds a piece of text; called by the compiler.</summary>
    /// <param name="value">The piece.</param>
    public void AppendLiteral(string value)
    {
        string piece = catalog is null || value.IndexOfAny(Braces) < 0 ? value : value.Replace("{", "{{").Replace("}", "}}");

        // A text without values and in one piece, which many are, costs nothing.
        if (text is null && whole is null)
        {
            whole = piece;
        }
        else
        {
            Builder().Append(piece);
        }
    }

    /// <summary>Adds a value; called by the compiler.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="value">The value.</param>
    public void AppendFormatted<T>(T value) => AppendFormatted(value, null);

    /// <summary>Adds a value in a format; called by the compiler.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="format">Format, as of <see cref="IFormattable"/>.</param>
    public void AppendFormatted<T>(T value, string? format)
    {
        string written = value is IFormattable formattable
            ? formattable.ToString(format, CultureInfo.InvariantCulture)
            : value?.ToString() ?? string.Empty;
        if (catalog is null)
        {
            Builder().Append(written);
            return;
        }

        Builder().Append('{').Append(count.ToString(CultureInfo.InvariantCulture)).Append('}');
        values[count++] = written;
    }

    /// <inheritdoc/>
    public override readonly string ToString()
    {
        string said = text?.ToString() ?? whole ?? string.Empty;
        return catalog is null ? said : string.Format(CultureInfo.InvariantCulture, catalog.Find(said) ?? said, values);
    }

    private static char[] Braces { get; } = { '{', '}' };

    private StringBuilder Builder()
    {
        if (text is null)
        {
            text = new StringBuilder(length).Append(whole);
            whole = null;
        }

        return text;
    }
}
