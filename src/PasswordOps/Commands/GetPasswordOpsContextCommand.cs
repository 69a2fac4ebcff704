using System.Management.Automation;

namespace PasswordOps;

/// <summary>Shows who is signed in, how, with what rights, and what the cloud lacks.</summary>
[Cmdlet(VerbsCommon.Get, "PasswordOpsContext")]
[OutputType(typeof(PasswordOpsConnection))]
public sealed class GetPasswordOpsContextCommand : ConnectedCmdlet
{
    /// <inheritdoc/>
    private protected override void Process() => WriteObject(Current);
}
