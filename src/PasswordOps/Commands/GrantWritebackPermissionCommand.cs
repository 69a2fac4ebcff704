using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core;
using PasswordOps.Core.Writeback.Rights;

namespace PasswordOps;

/// <summary>Grants the account of a sync engine the rights that password writeback needs and it lacks, and nothing else.</summary>
[Cmdlet(
    VerbsSecurity.Grant, "WritebackPermission", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High,
    DefaultParameterSetName = "Grant")]
[OutputType(typeof(WritebackGrantResult))]
public sealed class GrantWritebackPermissionCommand : DirectoryCmdlet
{
    /// <summary>The account of the sync engine: its sAMAccountName, DOMAIN\name, user principal name, distinguished name, SID or
    /// objectGUID. Without it the usual names are looked for.</summary>
    [Parameter(Position = 0, ParameterSetName = "Grant")]
    [ValidateNotNullOrEmpty]
    public string? Account { get; set; }

    /// <summary>Distinguished names of the organizational units to grant on; without it the domain.</summary>
    [Parameter(ParameterSetName = "Grant")]
    [ValidateNotNullOrEmpty]
    public string[]? SearchBase { get; set; }

    /// <summary>Grants over accounts of the class inetOrgPerson too.</summary>
    [Parameter(ParameterSetName = "Grant")]
    public SwitchParameter InetOrgPerson { get; set; }

    /// <summary>New file for what takes the grant back; without it one in this account's own folder.</summary>
    [Parameter(ParameterSetName = "Grant")]
    [ValidateNotNullOrEmpty]
    public string? UndoFile { get; set; }

    /// <summary>Takes a grant back: the file that it wrote.</summary>
    [Parameter(ParameterSetName = "Undo", Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string? Undo { get; set; }

    /// <inheritdoc/>
    private protected override void Finish()
    {
        Func<string?, CancellationToken, Task<IDirectoryRights>> open = Opening();
        GrantUndo? undo = Undo is null ? null : Adapters.GrantUndoFiles().Read(GetUnresolvedProviderPathFromPSPath(Undo));
        using IDirectoryRights rights = Await(stop => open(null, stop));
        if (undo is null)
        {
            Grant(rights);
        }
        else
        {
            TakeBack(rights, undo);
        }
    }

    private void Grant(IDirectoryRights rights)
    {
        GrantOptions options = new()
        {
            Account = Account, Containers = SearchBase ?? Array.Empty<string>(), InetOrgPerson = InetOrgPerson,
        };
        GrantPlan plan = Await(stop => WritebackGrant.PlanAsync(rights, options, stop));
        if (plan.Refusal is not null)
        {
            throw plan.Refusal;
        }

        foreach (string note in plan.Notes)
        {
            WriteWarning(note);
        }

        if (plan.IsEmpty)
        {
            WriteObject(new WritebackGrantResult
            {
                DistinguishedName = string.Join("; ", SearchBase ?? new[] { plan.Domain.DistinguishedName }),
                Status = WritebackGrantStatus.AlreadyThere, Account = plan.Account.ToString(), Server = plan.Server,
                Reason = Text.Of($"{plan.Account} has there what writeback needs; nothing was written."),
                NextStep = Text.Of($"Run Test-WritebackPermission -All to see whether it reaches every user."),
            });
            return;
        }

        string target = string.Join("; ", plan.Steps.Select(step => step.DistinguishedName));
        string rightsText = string.Join(", ", plan.Steps.SelectMany(step => step.Rights).Distinct());
        if (!Confirmed(() => ShouldProcess(target, Text.Of($"Grant {plan.Account}: {rightsText}"))))
        {
            if (IsWhatIf)
            {
                plan.Steps.ToList().ForEach(step => WriteObject(Planned(plan, step)));
            }

            return;
        }

        // On the disk before the first change, so that nothing can be granted that cannot be taken back.
        string file = UndoFile is null
            ? JournalPlace.New("grant-" + plan.Domain, SystemClock.Instance.UtcNow, "grants", ".json")
            : GetUnresolvedProviderPathFromPSPath(UndoFile);
        Adapters.GrantUndoFiles().Write(file, WritebackGrant.UndoOf(plan, SystemClock.Instance));
        WriteVerbose(Text.Of($"What takes it back is in {file}."));
        IReadOnlyList<GrantResult> results = Await(stop => WritebackGrant.RunAsync(rights, plan, stop));
        bool isEnough = results.All(result => result.Status is GrantStatus.Done or GrantStatus.Unchanged)
            && Await(stop => WritebackGrant.PlanAsync(rights, options with { KnownAccount = plan.Account }, stop)).IsEmpty;
        if (results.All(result => result.Status == GrantStatus.Failed))
        {
            Forget(file);
        }

        foreach (GrantResult result in results)
        {
            GrantStep step = plan.Steps.First(one => one.DistinguishedName == result.DistinguishedName);
            Write(Row(plan, step, result, file, isEnough), result.Error);
        }
    }

    // Where nothing was written there is nothing to take back, and the next try may use the name again.
    private static void Forget(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What is left takes nothing away: its lists are those of before.
        }
    }

    private void TakeBack(IDirectoryRights rights, GrantUndo undo)
    {
        string target = string.Join("; ", undo.Steps.Select(step => step.DistinguishedName));
        string when = undo.At.UtcDateTime.ToString("u", System.Globalization.CultureInfo.InvariantCulture);
        if (!Confirmed(() => ShouldProcess(target, Text.Of($"Take back what {undo.Account} was granted on {when}"))))
        {
            return;
        }

        foreach (GrantResult result in Await(stop => WritebackGrant.UndoAsync(rights, undo, stop)))
        {
            WritebackGrantStatus status = result.Status == GrantStatus.Done ? WritebackGrantStatus.TakenBack : Status(result.Status);
            Write(
                new WritebackGrantResult
                {
                    DistinguishedName = result.DistinguishedName, Status = status, Account = undo.Account, Server = rights.Controller.Name,
                    Entries = result.Entries, Before = result.Before, After = result.After, UndoFile = Undo,
                    Reason = result.Error?.Message ?? (status == WritebackGrantStatus.TakenBack
                        ? Text.Of($"The entries of the grant are gone; what is inherited leaves the users within about an hour.")
                        : Text.Of($"The list is as it was before the grant; nothing was written.")),
                    NextStep = result.Error?.Advice,
                },
                result.Error);
        }
    }

    private void Write(WritebackGrantResult row, PasswordOpsException? error)
    {
        WriteObject(row);
        if (error is not null)
        {
            WriteError(Errors.Record(error, row.DistinguishedName));
        }
    }

    private static WritebackGrantResult Planned(GrantPlan plan, GrantStep step) => new()
    {
        DistinguishedName = step.DistinguishedName, Status = WritebackGrantStatus.Planned, Account = plan.Account.ToString(),
        Server = plan.Server, Rights = step.Rights, Entries = step.Added, Before = step.Before, After = step.After,
        Reason = Text.Of($"{step.Added.Count} entries are missing; nothing was written."),
        NextStep = Text.Of($"Run it without -WhatIf."),
    };

    private static WritebackGrantResult Row(GrantPlan plan, GrantStep step, GrantResult result, string file, bool isEnough) => new()
    {
        DistinguishedName = result.DistinguishedName, Status = Status(result.Status), Account = plan.Account.ToString(),
        Server = plan.Server, Rights = step.Rights, Entries = result.Entries, Before = result.Before, After = result.After,
        UndoFile = result.Status == GrantStatus.Failed ? null : file,
        Reason = result.Error?.Message ?? (isEnough
            ? Text.Of($"Read back and judged again: nothing is missing there. Users below inherit it within about an hour, other domain ")
                + Text.Of($"controllers after replication.")
            : Text.Of($"Read back as written, and rights are still missing: other entries stand in the way.")),
        NextStep = result.Error?.Advice ?? Text.Of($"Wait, then run Test-WritebackPermission -All to see whether it reaches every user."),
    };

    private static WritebackGrantStatus Status(GrantStatus status) => status switch
    {
        GrantStatus.Done => WritebackGrantStatus.Granted,
        GrantStatus.Unchanged => WritebackGrantStatus.AlreadyThere,
        GrantStatus.Failed => WritebackGrantStatus.Refused,
        _ => WritebackGrantStatus.Uncertain,
    };
}
