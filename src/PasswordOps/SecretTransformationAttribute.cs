using System;
using System.Management.Automation;
using System.Security;
using PasswordOps.Core;

namespace PasswordOps;

/// <summary>
/// Refuses a password that is given as plain text. PowerShell's own conversion would repeat the text in its error, and with it in $Error
/// and in transcripts.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class SecretTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? given = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return given is null or SecureString
            ? given
            : throw new ArgumentTransformationMetadataException(
                Text.Of($"A password is taken as a SecureString only, never as text, which stays in the history and in transcripts. "
                + $"Ask for it with Read-Host -AsSecureString."));
    }
}
