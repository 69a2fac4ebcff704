using System.Collections.Generic;
using System.Management.Automation;
using PasswordOps.Core;

namespace PasswordOps;

/// <summary>Stops practice tenants that this session started. All that was changed in them is gone.</summary>
[Cmdlet(VerbsLifecycle.Stop, "PracticeTenant", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(void))]
public sealed class StopPracticeTenantCommand : PasswordOpsCmdlet
{
    /// <summary>Tenants to stop; without it all that this session started.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNull]
    public PracticeTenant[]? PracticeTenant { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        IReadOnlyList<PracticeTenant> stopping = PracticeTenant ?? PracticeProcess.Running();
        foreach (PracticeTenant tenant in stopping)
        {
            if (Confirmed(() => ShouldProcess(tenant.ToString(), Text.Of($"Stop the practice tenant"))))
            {
                tenant.Dispose();
            }
        }
    }
}
