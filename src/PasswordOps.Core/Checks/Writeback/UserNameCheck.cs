using System.Collections.Generic;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Writeback.Chain;

namespace PasswordOps.Core.Checks.Writeback;

/// <summary>Does the user stand where writeback finds accounts?</summary>
internal sealed class UserNameCheck : Check<WrittenUser>
{
    public UserNameCheck()
        : base("writeback.user.name", "Microsoft Entra troubleshoot-sspr-writeback (2024-06-24)")
    {
    }

    protected override Answer Decide(WrittenUser facts)
    {
        string? name = facts.Account is { IsKnown: true } account ? account.Value.DistinguishedName
            : facts.Cloud is { IsKnown: true } cloud ? cloud.Value.OnPremisesDistinguishedName
            : null;
        if (name is null)
        {
            return new Answer(
                Verdict.Unknown, Text.Of($"The distinguished name of the user is not known."), "not read", facts.Now,
                Text.Of($"Give a domain controller with -DomainController, or connect to the tenant."));
        }

        IReadOnlyList<string> units = ReservedCharacters.UnitsOf(name);
        return units.Count == 0
            ? new Answer(Verdict.Pass, Text.Of($"No organizational unit of the user has a reserved character in its name."), name,
                facts.Now)
            : new Answer(
                Verdict.Warn, Text.Of($"'{string.Join("', '", units)}' holds reserved characters, which can end in 33001."), name,
                facts.Now,
                Text.Of($"Rename the organizational unit, or move the user."));
    }
}
