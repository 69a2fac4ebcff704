using System;

namespace PasswordOps.Core.Activity;

/// <summary>Resets and changes that one agent carried, or none had to.</summary>
/// <param name="Agent">The agent.</param>
/// <param name="Succeeded">How many succeeded, also in Active Directory only.</param>
/// <param name="Failed">How many did not.</param>
/// <param name="LastSuccess">When the last one succeeded, UTC; null when none did.</param>
public sealed record ActivityAgentCount(OnPremisesAgent Agent, int Succeeded, int Failed, DateTimeOffset? LastSuccess);
