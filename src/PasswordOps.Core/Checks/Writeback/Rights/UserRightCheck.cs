using System.Collections.Generic;
using System.Linq;
using PasswordOps.Core.Writeback.Rights;

namespace PasswordOps.Core.Checks.Writeback.Rights;

/// <summary>Has the account one right on the users, those aside whom no grant from above can reach?</summary>
internal sealed class UserRightCheck : RightsCheck
{
    private const string InetOrgPerson = "inetOrgPerson";

    private readonly DirectoryRight right;

    public UserRightCheck(string id, DirectoryRight right)
        : base(id, AccessRules)
    {
        this.right = right;
    }

    public static bool IsInetOrgPerson(RightRow row) =>
        string.Equals(row.ObjectClass, InetOrgPerson, System.StringComparison.OrdinalIgnoreCase);

    protected override Answer Judge(RightsFacts facts)
    {
        RightRow[] rows = facts.Rows
            .Where(row => row.Right == right && row.Basis == RightBasis.Users && !IsInetOrgPerson(row))
            .ToArray();
        int granted = rows.Sum(row => row.Granted);
        int refused = rows.Sum(row => row.NotGranted);
        int unknown = rows.Sum(row => row.Unknown);
        if (granted + refused + unknown == 0)
        {
            return OfNewUsers(facts);
        }

        string name = RightReasons.Name(right);
        string evidence = Evidence(rows, $"{granted} users granted, {refused} not, {unknown} not known");
        RightRow worst = rows.OrderByDescending(row => row.Outcome).ThenByDescending(row => row.NotGranted + row.Unknown).First();
        if (refused > 0)
        {
            return granted + unknown == 0
                ? new Answer(
                    Verdict.Fail, Text.Of($"{facts.Account} lacks {name} on all {refused} users. {worst.Reason}"), evidence,
                    facts.Now, Grant())
                {
                    Missing = new[] { name },
                }
                : new Answer(
                    Verdict.Warn,
                    Text.Of($"{facts.Account} lacks {name} on {refused} of {granted + refused + unknown} users, for example "
                        + $"{worst.Example}. {worst.Reason}"),
                    evidence, facts.Now, worst.Decided is null ? Grant() : RightReasons.Fix(UserObstacle.Denied))
                {
                    Missing = new[] { name },
                };
        }

        if (unknown > 0 || facts.Broken is not null)
        {
            return new Answer(
                Verdict.Unknown,
                unknown > 0
                    ? Text.Of($"Whether {facts.Account} has {name} cannot be told of {unknown} of {granted + unknown} users. "
                        + $"{worst.Reason}")
                    : Text.Of($"Reading users ended early: {facts.Broken!.Message}"),
                evidence, facts.Now, unknown > 0 ? UnknownFix(worst) : facts.Broken!.Advice);
        }

        return new Answer(
            Verdict.Pass, Text.Of($"{facts.Account} has {name} on all {granted} users that a grant can reach."), evidence, facts.Now);
    }

    private Answer OfNewUsers(RightsFacts facts)
    {
        string name = RightReasons.Name(right);
        if (facts.Broken is not null)
        {
            return new Answer(
                Verdict.Unknown, Text.Of($"No user could be read: {facts.Broken.Message}"), $"error {facts.Broken.Id}", facts.Now,
                facts.Broken.Advice);
        }

        RightRow[] rows = facts.Rows
            .Where(row => row.Right == right && row.Basis == RightBasis.NewUser)
            .OrderByDescending(row => row.Outcome)
            .ToArray();
        if (rows.Length == 0)
        {
            return new Answer(
                Verdict.Unknown, Text.Of($"Neither a user nor a container could be read."), "nothing read", facts.Now,
                Text.Of($"Run this as an account that may read the domain."));
        }

        string evidence = Evidence(rows, "no user that a grant can reach was found; judged by the descriptor of the container");
        return rows[0].Outcome switch
        {
            RightOutcome.Granted => new Answer(
                Verdict.Pass, Text.Of($"A new user would get {name} for {facts.Account}; there is none yet."), evidence, facts.Now),
            RightOutcome.NotGranted => new Answer(
                Verdict.Fail, Text.Of($"A new user would not get {name} for {facts.Account}. {rows[0].Reason}"), evidence,
                facts.Now, Grant())
            {
                Missing = new[] { name },
            },
            _ => new Answer(
                Verdict.Unknown, Text.Of($"What a new user would get cannot be told. {rows[0].Reason}"), evidence, facts.Now,
                UnknownFix(rows[0])),
        };
    }

    private static string Grant() => Text.Of($"Grant-WritebackPermission adds exactly what is missing; -WhatIf shows it first.");

    private static string UnknownFix(RightRow row) => RightReasons.Fix(
        row.Cause == RightCause.NotReadable ? UserObstacle.NotReadable : UserObstacle.Unknown)!;

    private static string Evidence(IReadOnlyList<RightRow> rows, string counts)
    {
        string entries = Some(rows.Where(row => row.Decided is not null)
            .Select(row => row.StandsOn is null
                ? row.Decided!.Entry!
                : $"{row.Decided!.Entry} stands on {row.StandsOn}")
            .Distinct());
        return entries.Length == 0 ? counts : counts + "; " + entries;
    }
}
