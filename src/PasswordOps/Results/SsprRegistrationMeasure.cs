using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Management.Automation;
using PasswordOps.Core;
using PasswordOps.Core.Registration;

namespace PasswordOps;

/// <summary>Counts of one department, domain or role, with their words in the view.</summary>
public sealed record SsprRegistrationMeasure : RegistrationMeasure
{
    private readonly CultureInfo language = Text.Language;

    [SetsRequiredMembers]
    internal SsprRegistrationMeasure(RegistrationMeasure original)
        : base(original)
    {
    }

    /// <summary>The view.</summary>
    [Hidden]
    public string Card => Text.In(language, () => PasswordOps.Card.Row(
        Text.Of($"enabled {Enabled}, registered {Registered}, capable {Capable} ({Percent()})")
            + (Unknown > 0 ? Text.Of($", unknown {Unknown}") : string.Empty),
        (Name.Length == 0 ? Paint.Dim(Text.Of($"(none)")) : Name, 24), (Users.ToString("N0", CultureInfo.CurrentCulture), 8)));

    /// <inheritdoc/>
    public override string ToString() => base.ToString();

    private string Percent() => CapableShare is double share
        ? (share * 100).ToString("0.#", CultureInfo.CurrentCulture) + "%"
        : "-";
}
