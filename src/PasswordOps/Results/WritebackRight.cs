using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using PasswordOps.Core;
using PasswordOps.Core.Writeback.Rights;

namespace PasswordOps;

/// <summary>The answer about one right in one container, with its words in the view.</summary>
public sealed record WritebackRight : RightRow
{
    private readonly CultureInfo language = Text.Language;

    [SetsRequiredMembers]
    internal WritebackRight(RightRow original)
        : base(original)
    {
    }

    /// <summary>The view: answer, right, why, and the entry with the object that it stands on.</summary>
    [Hidden]
    public string Card => Text.In(language, () => PasswordOps.Card.Row(
        string.Join("\n", new[]
        {
            Reason,
            Basis == RightBasis.NewUser ? Paint.Dim(Text.Of($"for a new {ObjectClass} in {Container}"))
                : Basis == RightBasis.Users
                    ? Paint.Dim(Text.Of($"{Granted} of {Granted + NotGranted + Unknown} {ObjectClass} in {Container}"))
                : null,
            Decided?.Entry is string entry ? Paint.Dim(entry) : null,
            StandsOn is null ? null : Paint.Dim(Text.Of($"stands on {StandsOn}")),
        }.OfType<string>()),
        (Paint.Word(this), 10), (Right.ToString(), 20)));

    /// <inheritdoc/>
    public override string ToString() => base.ToString();
}
