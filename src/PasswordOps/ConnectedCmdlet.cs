using System;
using System.Linq;
using System.Management.Automation;
using PasswordOps.Core;
using PasswordOps.Core.Bulk;
using PasswordOps.Core.SignIn;

namespace PasswordOps;

/// <summary>Base of the cmdlets that work in a tenant.</summary>
public abstract class ConnectedCmdlet : PasswordOpsCmdlet
{
    private PasswordOpsConnection? current;
    private Pace? pace;

    private protected ConnectedCmdlet()
    {
    }

    /// <summary>Connection to work with, as given by Connect-PasswordOps; without it the latest one of this process.</summary>
    [Parameter]
    public PasswordOpsConnection? Connection { get; set; }

    /// <summary>The connection that this invocation works with, settled once.</summary>
    private protected PasswordOpsConnection Current => current ??= Connection ?? Connections.Latest ?? throw Errors.NotConnected();

    /// <summary>The session in the tenant.</summary>
    private protected IConnection Session => Current.Session;

    /// <inheritdoc/>
    private protected override void Begin()
    {
        pace = Session.Pace;
        pace.Held += Display.Hold;
        Follow(Current.Trace);
    }

    /// <inheritdoc/>
    private protected override PaceState? HeldBack()
    {
        DateTimeOffset now = SystemClock.Instance.UtcNow;
        return pace?.Look().Where(state => state.HeldUntil > now).OrderByDescending(state => state.HeldUntil).FirstOrDefault();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && pace is not null)
        {
            pace.Held -= Display.Hold;
        }

        base.Dispose(disposing);
    }
}
