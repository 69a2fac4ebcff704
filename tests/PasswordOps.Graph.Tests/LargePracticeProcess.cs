#if NET
namespace PasswordOps.Graph.Tests;

/// <summary>A practice tenant of several pages of users.</summary>
public sealed class LargePracticeProcess : PracticeProcess
{
    protected override string Users => "4000";
}
#endif
