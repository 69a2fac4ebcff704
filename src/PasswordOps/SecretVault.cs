using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using PasswordOps.Core;

namespace PasswordOps;

/// <summary>
/// Puts credentials into a vault of Microsoft.PowerShell.SecretManagement, a module that not everybody has. Works on the pipeline thread
/// only. Words of a vault may hold anything, so they are neither repeated nor left in the session's list of errors.
/// </summary>
internal sealed class SecretVault
{
    private const string Module = "Microsoft.PowerShell.SecretManagement";

    private readonly PSCmdlet cmdlet;
    private readonly string vault;
    private readonly IClock clock;
    private readonly HashSet<string> given = new(StringComparer.Ordinal);
    private bool? takesMetadata;

    /// <summary>Creates a face of one vault.</summary>
    /// <param name="cmdlet">The cmdlet that runs.</param>
    /// <param name="vault">Name of the vault.</param>
    /// <param name="clock">Time.</param>
    internal SecretVault(PSCmdlet cmdlet, string vault, IClock clock)
    {
        this.cmdlet = cmdlet;
        this.vault = vault;
        this.clock = clock;
    }

    /// <summary>
    /// Makes sure that module and vault are there and that the vault says it works. It may ask for the vault's own password.
    /// </summary>
    /// <exception cref="PasswordOpsException"><c>SecretManagementNotInstalled</c>, <c>SecretVaultNotFound</c> or <c>SecretVaultFailed</c>.
    /// </exception>
    internal void Check()
    {
        Require();
        string[] names = Run(Text.Of($"be read"), $"{Module}\\Get-SecretVault -ErrorAction Stop")
            .Select(item => item.Properties["Name"]?.Value as string)
            .OfType<string>()
            .ToArray();
        if (!names.Contains(vault, StringComparer.OrdinalIgnoreCase))
        {
            throw new PasswordOpsException(
                "SecretVaultNotFound", ErrorKind.NotFound, Text.Of($"There is no secret vault '{vault}'."),
                names.Length == 0
                    ? Text.Of($"Register one with Register-SecretVault.")
                    : Text.Of($"Use one of: {string.Join(", ", names)}; or register it with Register-SecretVault."));
        }

        // A vault that is not well says so by false, or by an error.
        if (Has("Test-SecretVault")
            && !Run(Text.Of($"be tested"), $"{Module}\\Test-SecretVault -Name $args[0] -ErrorAction Stop", vault)
                .All(LanguagePrimitives.IsTrue))
        {
            throw Failed(Text.Of($"be used: it says so itself"), null);
        }
    }

    /// <summary>Stores a credential under a name of its own.</summary>
    /// <param name="user">Name of the user, kept as metadata where the vault takes any.</param>
    /// <param name="userId">Object id, part of the name.</param>
    /// <param name="credential">The credential.</param>
    /// <returns>The name: letters, digits and hyphens, which every vault takes.</returns>
    /// <exception cref="PasswordOpsException"><c>SecretVaultFailed</c>; nothing was stored as far as the vault says.</exception>
    internal string Put(string user, string userId, PSCredential credential)
    {
        Require();
        string name = NewName(userId);
        const string Store = Module + "\\Set-Secret -Vault $args[0] -Name $args[1] -Secret $args[2] -Confirm:$false -WhatIf:$false "
            + "-ErrorAction Stop";
        takesMetadata ??= cmdlet.InvokeCommand.GetCommand($"{Module}\\Set-Secret", CommandTypes.All)?.Parameters.ContainsKey("Metadata");
        if (takesMetadata == true)
        {
            Hashtable metadata = new()
            {
                ["User"] = user,
                ["Purpose"] = "Temporary password",
                ["CreatedBy"] = "PasswordOps",
            };
            try
            {
                Run(Text.Of($"take a secret"), Store + " -Metadata $args[3]", vault, name, credential, metadata);
                return name;
            }
            catch (PasswordOpsException)
            {
                // Not every vault takes metadata, and none says so beforehand.
            }
        }

        Run(Text.Of($"take a secret"), Store, vault, name, credential);
        takesMetadata = false;
        return name;
    }

    /// <summary>Takes a secret away again.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="PasswordOpsException"><c>SecretVaultFailed</c>: it may still be there.</exception>
    internal void Remove(string name)
    {
        Require();
        Run(
            Text.Of($"give up the secret {name}"),
            $"{Module}\\Remove-Secret -Vault $args[0] -Name $args[1] -Confirm:$false -WhatIf:$false -ErrorAction Stop", vault, name);
    }

    private void Require()
    {
        if (!Has("Get-SecretVault") || !Has("Set-Secret"))
        {
            throw new PasswordOpsException(
                "SecretManagementNotInstalled", ErrorKind.NotInstalled,
                Text.Of($"The module {Module}, through which passwords reach a vault, is not installed or cannot be loaded."),
                Text.Of($"Install it and the vault's own module: Install-Module {Module}, Microsoft.PowerShell.SecretStore -Scope "
                    + $"CurrentUser."));
        }
    }

    private bool Has(string command) => cmdlet.InvokeCommand.GetCommand($"{Module}\\{command}", CommandTypes.All) is not null;

    // Unique in this run, also when one user is reset twice within a second.
    private string NewName(string userId)
    {
        string id = new(userId.Select(c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') ? c : '-').ToArray());
        DateTimeOffset time = clock.UtcNow;
        string name;
        do
        {
            name = "PasswordOps-" + id + "-" + time.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
            time = time.AddSeconds(1);
        }
        while (!given.Add(name));
        return name;
    }

    /// <summary>Runs a command of the module; what it writes besides its output goes nowhere.</summary>
    private ICollection<PSObject> Run(string what, string command, params object[] arguments)
    {
        ArrayList? errors = cmdlet.SessionState.PSVariable.GetValue("global:Error") as ArrayList;
        object? latest = errors is { Count: > 0 } ? errors[0] : null;
        try
        {
            ScriptBlock script = ScriptBlock.Create(command + " 3>$null 4>$null 5>$null 6>$null");
            return cmdlet.InvokeCommand.InvokeScript(true, script, null, arguments);
        }
        catch (RuntimeException fault) when (fault is not PipelineStoppedException)
        {
            Forget(errors, latest);
            throw Failed(what, fault);
        }
    }

    // PowerShell keeps every error for the session, also one that was caught.
    private static void Forget(ArrayList? errors, object? latest)
    {
        while (errors is { Count: > 0 } && !ReferenceEquals(errors[0], latest))
        {
            errors.RemoveAt(0);
        }
    }

    private PasswordOpsException Failed(string what, RuntimeException? fault)
    {
        string why = fault is null ? string.Empty : $" ({fault.ErrorRecord.CategoryInfo.Category})";
        return new PasswordOpsException(
            "SecretVaultFailed", ErrorKind.InvalidOperation, Text.Of($"The secret vault '{vault}' could not {what}{why}."),
            Text.Of($"See what it says to: Test-SecretVault -Name '{vault}'; Set-Secret -Vault '{vault}' -Name Try -Secret Try. It may "
                + $"have to be unlocked with Unlock-SecretVault first."));
    }
}
