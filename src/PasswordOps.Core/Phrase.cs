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
public readonly ref struct Phrase
{
    private readonly StringBuilder text;
    private readonly TextCatalog? catalog;
    private readonly string[] values;
    private readonly int[] count;

    /// <summary>Begins one; called by the compiler.</summary>
    /// <param name="literalLength">Characters of the text without its values.</param>
    /// <param name="formattedCount">Values.</param>
    public Phrase(int literalLength, int formattedCount)
    {
        catalog = TextCatalog.Current;
        text = new StringBuilder(literalLength + (16 * formattedCount));
        values = catalog is null ? Array.Empty<string>() : new string[formattedCount];
        count = catalog is null ? Array.Empty<int>() : new int[1];
    }

    /// <summary>Adds a piece of text; called by the compiler.</summary>
    /// <param name="value">The piece.</param>
    public void AppendLiteral(string value) =>
        text.Append(catalog is null ? value : value.Replace("{", "{{").Replace("}", "}}"));

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
            text.Append(written);
            return;
        }

        text.Append('{').Append(count[0].ToString(CultureInfo.InvariantCulture)).Append('}');
        values[count[0]++] = written;
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        if (catalog is null)
        {
            return text.ToString();
        }

        string key = text.ToString();
        return string.Format(CultureInfo.InvariantCulture, catalog.Find(key) ?? key, values);
    }
}
