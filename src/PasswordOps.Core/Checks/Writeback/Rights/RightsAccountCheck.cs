using System.Linq;
using PasswordOps.Core.Writeback.Rights;

namespace PasswordOps.Core.Checks.Writeback.Rights;

/// <summary>Is it certain which account the sync engine works with, and can it work?</summary>
internal sealed class RightsAccountCheck : Check<RightsFacts>
{
    public RightsAccountCheck()
        : base("writeback.rights.account", "Microsoft Entra Connect: accounts and permissions")
    {
    }

    protected override Answer Decide(RightsFacts facts)
    {
        string domain = facts.Domain.ToString();
        if (facts.Account is not ConnectorAccount account)
        {
            return Uncertain(facts, domain);
        }

        string evidence = $"{account.DistinguishedName}, {account.Sid}, class {account.ObjectClass}";
        if (AccountSearch.IsDisabled(account))
        {
            return new Answer(
                Verdict.Fail, Text.Of($"{account} is disabled: the sync engine cannot sign in with it."), evidence, facts.Now,
                Text.Of($"Enable it, or name the account that the connector uses today."));
        }

        TokenPart[] administrators = facts.Who!.Parts.Where(part => WellKnown.IsAdministrators(part.Sid)).ToArray();
        if (administrators.Length > 0)
        {
            string groups = string.Join(", ", administrators.Select(part => part.ToString()));
            return new Answer(
                Verdict.Warn,
                Text.Of($"{account} is a member of {groups}: it can reset every account, administrators too, which writeback "
                    + $"must not be able to."),
                evidence, facts.Now,
                Text.Of($"Take it out of these groups after granting it the four rights: Grant-WritebackPermission."));
        }

        return new Answer(
            Verdict.Pass,
            facts.AskedAccount is null
                ? Text.Of($"{account} is the only account in {domain} that looks like a connector's.")
                : Text.Of($"{account} was found."),
            evidence, facts.Now);
    }

    private static Answer Uncertain(RightsFacts facts, string domain)
    {
        string evidence = string.Join("; ", facts.Candidates.Take(5).Select(account => account.DistinguishedName));
        string look = Text.Of($"Name the connector account; the Synchronization Service Manager shows it in the connector's properties, "
            + $"and Get-ADSyncADConnectorAccount lists it for each forest.");
        if (facts.Candidates.Count > 1)
        {
            return new Answer(
                Verdict.Unknown, Text.Of($"{facts.Candidates.Count} accounts in {domain} could be the connector's."), evidence,
                facts.Now, look);
        }

        return facts.AskedAccount is string name
            ? new Answer(
                Verdict.Fail, Text.Of($"{facts.Server} knows no account '{name}' in {domain}."), "0 accounts found", facts.Now,
                look)
            : new Answer(
                Verdict.Unknown, Text.Of($"No account in {domain} is named as connector accounts usually are."),
                "0 accounts found", facts.Now, look);
    }
}
