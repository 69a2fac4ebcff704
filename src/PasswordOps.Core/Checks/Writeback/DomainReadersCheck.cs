using PasswordOps.Core.Directory;
using PasswordOps.Core.Writeback.Chain;

namespace PasswordOps.Core.Checks.Writeback;

/// <summary>Does the domain let the connector account read what it asks of the account database?</summary>
internal sealed class DomainReadersCheck : DomainCheck
{
    public DomainReadersCheck()
        : base("writeback.domain.readers", "password-writeback-access-rights-permissions (2022-06-02)")
    {
    }

    protected override Answer Judge(DomainConditions conditions, DomainFacts facts) => conditions.IsReadByAll switch
    {
        true => new Answer(
            Verdict.Pass, Text.Of($"Authenticated Users are in Pre-Windows 2000 Compatible Access."), "member of S-1-5-32-554", facts.At),
        false => new Answer(
            Verdict.Warn,
            Text.Of($"Authenticated Users are not in Pre-Windows 2000 Compatible Access: writeback is refused unless the rights stand on "
                + $"CN=Server,CN=System."),
            "member of S-1-5-32-554", facts.At,
            Text.Of($"Add Authenticated Users to Pre-Windows 2000 Compatible Access, or give the connector account read on that object.")),
        null => Hidden(
            Text.Of($"The members of Pre-Windows 2000 Compatible Access may not be read."), facts,
            Text.Of($"Give an account that may read CN=Builtin.")),
    };
}
