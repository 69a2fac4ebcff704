using System.Management.Automation;
using PasswordOps.Core;

namespace PasswordOps;

/// <summary>Closes a connection and forgets its token. Closing what is closed already is no error.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "PasswordOps")]
[OutputType(typeof(void))]
public sealed class DisconnectPasswordOpsCommand : PasswordOpsCmdlet
{
    /// <summary>Connection to close; without it the latest one of this process.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNull]
    public PasswordOpsConnection? Connection { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        PasswordOpsConnection? closing = Connection ?? Connections.Latest;
        if (closing is null)
        {
            WriteVerbose(Text.Of($"There is no connection to close."));
            return;
        }

        closing.Dispose();
        WriteVerbose(Text.Of($"Closed the connection of {closing}."));
    }
}
