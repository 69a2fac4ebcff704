using PasswordOps.Core.Directory;

namespace PasswordOps.Core.Writeback.Chain;

/// <summary>What the registration report counts.</summary>
internal sealed record EnabledFacts(Reading<RegistrationTotals> Totals);
