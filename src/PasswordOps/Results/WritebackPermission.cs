using System;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using PasswordOps.Core;
using PasswordOps.Core.Checks;
using PasswordOps.Core.Writeback.Rights;

namespace PasswordOps;

/// <summary>Answer to "may the connector account write passwords back in this domain?", with its words in the view.</summary>
public sealed record WritebackPermission : RightsReport
{
    private readonly CultureInfo language = Text.Language;

    [SetsRequiredMembers]
    internal WritebackPermission(RightsReport original)
        : base(original)
    {
        Checks = original.Checks.Select(check => new SsprCheck(check)).ToArray();
        Rights = original.Rights.Select(right => new WritebackRight(right)).ToArray();
    }

    /// <summary>The view.</summary>
    [Hidden]
    public string Card => Text.In(language, () => PasswordOps.Card.Of(
        Domain + "  " + Paint.Word(Verdict),
        ("answer", Headline),
        ("next", NextStep ?? Text.Of($"nothing to do")),
        ("account", Account is null ? null : $"{Account.SamAccountName}  {Account.DistinguishedName}"),
        ("rights", Rights.Count == 0 ? null : string.Join("\n", Rights.Where(right => right.Basis != RightBasis.NewUser).Select(LineOf))),
        ("users", Account is null ? null : Text.Of($"{Number(Users)} looked at, {Number(Served)} can be served")),
        ("not", NotServed.Count == 0 ? null : string.Join("\n", NotServed.Select(Group))),
        ("checks", Checks.Count == 0 ? null : CheckWords.Count(Checks)),
        ("by", Server),
        ("limits", Notes.Count == 0 ? null : string.Join("\n", Notes)),
        ("details", Checks.Count == 0 ? null : Paint.Dim("| Select-Object -ExpandProperty Rights, Checks or NotServed"))));

    /// <inheritdoc/>
    public override string ToString() => base.ToString();

    /// <summary>The report of a domain that could not be asked.</summary>
    internal static WritebackPermission NotAsked(DirectoryDomain domain, PasswordOpsException error, DateTimeOffset now) =>
        new(new RightsReport
        {
            Verdict = Verdict.Unknown,
            Headline = Text.Of($"The rights in {domain} are not known: {error.Message}"),
            NextStep = Text.Of($"Ask a domain controller of {domain} with -DomainController. {error.Advice}"),
            Checks = Array.Empty<CheckResult>(),
            Domain = domain,
            Server = domain.ToString(),
            OtherDomains = Array.Empty<DirectoryDomain>(),
            Candidates = Array.Empty<ConnectorAccount>(),
            Identities = Array.Empty<TokenPart>(),
            Rights = Array.Empty<RightRow>(),
            Users = 0,
            Served = 0,
            NotServed = Array.Empty<UserGroup>(),
            IsComplete = false,
            Descriptors = 0,
            Notes = Array.Empty<string>(),
            JudgedAt = now,
        });

    private string LineOf(RightRow row)
    {
        int all = row.Granted + row.NotGranted + row.Unknown;
        string? by = row.Outcome != RightOutcome.Granted ? null
            : row.Trustee == Account?.Sid.ToString() ? Account!.SamAccountName
            : row.Trustee;
        return row.Right + "  " + Paint.Word(row)
            + (row.Basis == RightBasis.Users ? "  " + Text.Of($"{Number(row.Granted)} of {Number(all)} {row.ObjectClass}") : string.Empty)
            + (by is null ? string.Empty : "  " + Text.Of($"by {by}"));
    }

    private static string Group(UserGroup group) =>
        Number(group.Count) + "  " + group.Obstacle + "  "
        + (group.Examples.Count == 0 ? string.Empty : Text.Of($"for example {group.Examples[0]}"));

    private static string Number(int number) => number.ToString("N0", CultureInfo.CurrentCulture);
}
