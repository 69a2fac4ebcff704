using System;
using PasswordOps.Core.Directory;

namespace PasswordOps.Core.Writeback.Chain;

/// <summary>A domain controller, and what it says of its domain.</summary>
internal sealed record DomainFacts(DomainController Controller, Reading<DomainConditions> Conditions, DateTimeOffset At);
