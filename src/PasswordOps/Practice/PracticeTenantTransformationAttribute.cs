using System.Management.Automation;
using PasswordOps.Core;

namespace PasswordOps;

/// <summary>
/// Takes the line that a practice tenant printed where a practice tenant is asked for. PowerShell's own conversion would repeat the line in
/// its error, with the secrets in it.
/// </summary>
internal sealed class PracticeTenantTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object given = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        if (given is not string line)
        {
            return inputData;
        }

        try
        {
            return PracticeTenant.Of(line)
                ?? throw new ArgumentTransformationMetadataException(
                    Text.Of($"This is not the line that a practice tenant prints when it is ready."));
        }
        catch (PasswordOpsException stopped)
        {
            throw new ArgumentTransformationMetadataException(stopped.Message + " " + stopped.Advice);
        }
    }
}
