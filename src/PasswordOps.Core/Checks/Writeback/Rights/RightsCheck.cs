using System.Collections.Generic;
using System.Linq;
using PasswordOps.Core.Writeback.Rights;

namespace PasswordOps.Core.Checks.Writeback.Rights;

/// <summary>A check of the connector account's rights. Without an account there is nothing to say.</summary>
internal abstract class RightsCheck : Check<RightsFacts>
{
    protected const string AccessRules = "MS-ADTS 5.1.3 (2025-11-12) and MS-DTYP 2.4-2.5 (2026-02)";
    protected const string Permissions = "Microsoft Entra Connect: configure AD DS connector account permissions";
    protected const int Shown = 3;

    protected RightsCheck(string id, string source)
        : base(id, source)
    {
    }

    protected sealed override Answer Decide(RightsFacts facts) => facts.Account is null
        ? new Answer(
            Verdict.Unknown, Text.Of($"There is no account to judge."), $"{facts.Candidates.Count} accounts found", facts.Now,
            Text.Of($"Name the connector account; the Synchronization Service Manager shows it in the connector's properties."))
        : Judge(facts);

    protected abstract Answer Judge(RightsFacts facts);

    protected static string Some(IEnumerable<string> names) => string.Join("; ", names.Take(Shown));
}
