using System.Collections.Generic;

namespace PasswordOps.Core.Checks;

/// <summary>Who tried self-service password reset lately.</summary>
/// <param name="People">How many people did.</param>
/// <param name="Administrators">Names of those whom the administrator policy answered.</param>
internal sealed record ResetTrials(int People, IReadOnlyList<string> Administrators);
