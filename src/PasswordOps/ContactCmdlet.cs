using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using PasswordOps.Core;
using PasswordOps.Core.Bulk;
using PasswordOps.Core.Contacts;
using PasswordOps.Core.Passwords;

namespace PasswordOps;

/// <summary>Base of the cmdlets that plan contact data and carry plans out: compare, ask, run, keep the journal, sum up.</summary>
public abstract class ContactCmdlet : ConnectedCmdlet
{
    // Rows that the run did not come to, or came to when the service was gone.
    private int cutOff;

    private protected ContactCmdlet()
    {
    }

    /// <summary>Name of this cmdlet.</summary>
    private protected string OwnName => MyInvocation.MyCommand.Name;

    /// <summary>Finds the certificate that the values of a journal are encrypted for.</summary>
    /// <param name="given">As the caller names it; null for none.</param>
    /// <returns>The certificate; null where none was given.</returns>
    private protected SealingCertificate? JournalRecipient(object? given)
    {
        try
        {
            return given is null ? null : SealingRecipient.Find(this, Adapters.PasswordSealer(), given);
        }
        catch (PasswordOpsException error) when (error.Id == "CertificateCannotEncrypt")
        {
            throw error.Retold(
                Text.Of($"The journal cannot be encrypted for this certificate. {error.Message}"),
                Text.Of($"Give an RSA certificate of at least 2048 bits whose key usage has key encipherment, or leave -ProtectTo out: "
                    + $"then the journal is for this account alone."));
        }
    }

    /// <summary>Compares with what is there and gives a row for each user; nothing is written.</summary>
    /// <param name="task">What is wanted.</param>
    /// <param name="told">Receives each row on the pipeline thread before it is put out; may be null.</param>
    /// <returns>What it comes to.</returns>
    private protected ContactTally Compare(ContactTask task, Action<ContactPlanRow>? told)
    {
        ContactUpdate update = new(Session, task.Options, SystemClock.Instance);
        CheckRights(update, task.Fields, isPlanOnly: true);
        ContactTally tally = Await(stop => update.CompareAsync(
            task.Source,
            row => Send(() =>
            {
                told?.Invoke(row);
                WriteObject(new SsprContactPlan(row));
            }),
            Progress, stop));
        WriteVerbose(Counts(task, tally));
        return tally;
    }

    /// <summary>Plans, asks and carries out. With -WhatIf: compares and says what would be done.</summary>
    /// <param name="task">What is wanted.</param>
    private protected void CarryOut(ContactTask task)
    {
        if (IsWhatIf)
        {
            Preview(task);
            return;
        }

        ContactUpdate update = new(Session, task.Options, SystemClock.Instance);
        CheckRights(update, task.Fields, isPlanOnly: false);
        bool isBegun = false;
        ContactSummary? summary = null;
        using ContactJournal? journal = OpenJournal(task, update);
        if (journal is not null)
        {
            WriteVerbose(Text.Of($"Journal: {journal.Path}"));
        }

        try
        {
            bool goesOn = journal is not null && task.Resumes && journal.HasPlan;
            isBegun = goesOn;
            if (goesOn && journal!.HasEnded && journal.Ended(SystemClock.Instance.UtcNow) is { IsComplete: true } done)
            {
                summary = done;
                WriteVerbose(Text.Of($"{summary.Source}: this run has ended before. Nothing is sent."));
            }
            else if (goesOn)
            {
                string question = Text.Of($"{journal!.Head.Source}: go on with the run that {Path.GetFileName(journal.Path)} tells of");
                if (!Confirmed(() => ShouldProcess(question + ".", question + "?", task.Caption)))
                {
                    summary = journal.Ended(SystemClock.Instance.UtcNow);
                    return;
                }

                summary = Await(stop => update.ResumeAsync(
                    task.Source, journal, result => Send(() => Show(result, isToldOfPlan: false)), Progress, stop));
            }
            else if (Plan(task, update, journal) is ContactPlan plan)
            {
                isBegun = true;
                summary = Await(stop => update.RunAsync(
                    task.Source, plan, journal, result => Send(() => Show(result, isToldOfPlan: true)), Progress, stop));
            }
            else
            {
                return;
            }
        }
        finally
        {
            if (!isBegun)
            {
                journal?.Delete();
            }
            else if (summary is null)
            {
                TellHowToGoOn(task, journal);
            }
        }

        SumUp(task, summary, journal);
    }

    /// <summary>Asks for the caller's rights before anything is read; a plan alone is made without them, with a warning.</summary>
    private void CheckRights(ContactUpdate update, IEnumerable<ContactField> fields, bool isPlanOnly)
    {
        try
        {
            update.RequireRights(fields);
        }
        catch (PasswordOpsException missing) when (isPlanOnly)
        {
            WriteWarning(missing.Message + " " + missing.Advice);
        }
    }

    private ContactJournal? OpenJournal(ContactTask task, ContactUpdate update)
    {
        if (task.Journal is null)
        {
            return null;
        }

        string version = typeof(ContactCmdlet).Assembly.GetName().Version!.ToString(3);
        JournalHead head = Await(stop => Task.Run(() => update.Head(OwnName, task.Source, task.ColumnMap, version, stop), stop));
        IJournalFiles files = Adapters.JournalFiles();
        if (!task.Resumes || !File.Exists(task.Journal))
        {
            return new ContactJournal(files.Create(task.Journal, head, task.ProtectTo), SystemClock.Instance);
        }

        // Looked at before anything is added: the journal of another run stays as it is.
        using (ContactJournal earlier = new(files.Open(task.Journal, null), SystemClock.Instance))
        {
            earlier.RequireSameRun(head);
        }

        return Await(stop => Task.Run(
            () =>
            {
                ContactJournal journal = new(files.Continue(task.Journal, task.ProtectTo), SystemClock.Instance);
                try
                {
                    _ = journal.HasPlan;
                    return journal;
                }
                catch
                {
                    journal.Dispose();
                    throw;
                }
            },
            stop));
    }

    /// <summary>Makes the plan and asks.</summary>
    /// <returns>The plan; null where it may not be carried out.</returns>
    private ContactPlan? Plan(ContactTask task, ContactUpdate update, ContactJournal? journal)
    {
        ContactPlan plan = Await(stop => update.PlanAsync(
            task.Source, journal, row => Send(() =>
            {
                foreach (PasswordOpsException error in row.Errors)
                {
                    WriteError(Errors.Record(error, row.User));
                }
            }),
            Progress, stop));
        string counts = Counts(task, plan.Tally);
        WriteVerbose(counts);
        if (!plan.IsValid && !task.Options.SkipsInvalid)
        {
            return plan.Tally.Rows + plan.Tally.WrongElsewhere > 1 ? throw RowsInvalid(task, plan.Tally) : null;
        }

        if (plan.First is null)
        {
            return plan;
        }

        string effect = plan.Tally.Rows == 1 && task.Title is null ? $"{plan.First.User}: {plan.First.Summary}" : counts;
        effect += ". " + (task.Options.Target == ContactTarget.Profile ? Text.Of($"In the profile.")
            : Text.Of($"As authentication methods."));
        return Confirmed(() => ShouldProcess(effect, effect + " " + Text.Of($"Go on?"), task.Caption)) ? plan : null;
    }

    private void Preview(ContactTask task)
    {
        ContactPlanRow? only = null;
        ContactTally tally = Compare(task, row => only = row);

        // What blocks a row stands in the row itself.
        string head = tally.Rows != 1 || task.Title is not null ? Counts(task, tally)
            : $"{only!.User}: {(only.IsValid ? only.Summary : Text.Of($"blocked"))}";
        ShouldProcess(
            task.Columns is null ? head : Card.Of(head, ("columns", task.Columns)).TrimEnd(), string.Empty, task.Caption);
    }

    /// <param name="result">How a row ended.</param>
    /// <param name="isToldOfPlan">True when the errors of the plan were told when it was made.</param>
    private void Show(ContactResult result, bool isToldOfPlan)
    {
        WriteObject(new SsprContactResult(result));
        bool isGone = result.Error?.Kind is ErrorKind.Connection or ErrorKind.Authentication;
        bool isOfPlan = result is { Status: ContactStatus.NotSent, Attempts: 0 } && !isGone;
        bool isCutOff = result.Status == ContactStatus.NotSent ? result.Error is null || isGone
            : result.Status == ContactStatus.Failed && isGone;
        cutOff += isCutOff ? 1 : 0;
        if (result.Error is PasswordOpsException error && !(isOfPlan && isToldOfPlan))
        {
            WriteError(Errors.Record(error, result.User));
        }
    }

    private void SumUp(ContactTask task, ContactSummary summary, ContactJournal? journal)
    {
        if (journal is not null)
        {
            if (!task.KeepsEmptyJournal && summary.Writes == 0 && cutOff + summary.NotSent + summary.Unknown == 0)
            {
                journal.Delete();
                summary = summary with { Journal = null };
            }

            WriteObject(new SsprContactRun(summary));
        }
        else
        {
            WriteInformation(summary.ToString(), new[] { "PasswordOps.Summary" });
        }

        if (summary.NotSent > 0 || (cutOff > 0 && summary.Rows > 1))
        {
            throw new PasswordOpsException(
                "RunIncomplete",
                ErrorKind.Connection,
                Prefix(task)
                    + Text.Of($"the run ended before {Number(Math.Max(cutOff, summary.NotSent))} of {Rows(summary.Rows)} were written: the "
                        + $"service could not be reached any more.")
                    + (journal is null ? string.Empty : " " + Text.Of($"Its journal is {journal.Path}.")),
                Again(task, journal));
        }
    }

    /// <summary>The pipeline takes no more output, but the host still takes a line.</summary>
    private void TellHowToGoOn(ContactTask task, ContactJournal? journal)
    {
        if (journal is not null)
        {
            Host.UI.WriteWarningLine(Prefix(task) + Text.Of($"the run ended early. {journal.Path} tells what was sent. "
                + $"{Again(task, journal)}"));
        }
    }

    private static string Again(ContactTask task, ContactJournal? journal) => journal is null
        ? Text.Of($"Run the same input again: it writes only what differs.")
        : task.Again.Replace("{journal}", journal.Path);

    private static string Prefix(ContactTask task) => task.Title is null ? string.Empty : task.Title + ": ";

    /// <summary>What a comparison comes to, in words.</summary>
    private protected static string Counts(ContactTask task, ContactTally tally)
    {
        List<string> parts = new() { Rows(tally.Rows) };
        Add(tally.Unchanged, Text.Of($"same"));
        Add(tally.ToWrite, Text.Of($"to write"));
        Add(tally.Wrong, Text.Of($"blocked"));
        Add(tally.WrongElsewhere, Text.Of($"blocked in other shards"));
        string[] values =
            new[] { (tally.Set, Text.Of($"to set")), (tally.Change, Text.Of($"to change")), (tally.Clear, Text.Of($"to clear")) }
            .Where(count => count.Item1 > 0).Select(count => Of(count.Item1, count.Item2)).ToArray();
        return Prefix(task) + string.Join(", ", parts)
            + (values.Length == 0 ? string.Empty : "; " + Text.Of($"values: {string.Join(", ", values)}"));

        void Add(int count, string word)
        {
            if (count > 0)
            {
                parts.Add(Of(count, word));
            }
        }

        static string Of(int count, string word) => Number(count) + " " + word;
    }

    private static PasswordOpsException RowsInvalid(ContactTask task, ContactTally tally) => new(
        "RowsInvalid",
        ErrorKind.InvalidData,
        Prefix(task)
            + (tally.Wrong == 1
                ? Text.Of($"nothing was written: 1 of {Rows(tally.Rows)} has errors")
                : Text.Of($"nothing was written: {Number(tally.Wrong)} of {Rows(tally.Rows)} have errors"))
            + (tally.WrongElsewhere == 0 ? "." : Text.Of($", and {Rows(tally.WrongElsewhere)} of other shards.")),
        task.WhenInvalid);

    private static string Rows(int count) => count == 1 ? Text.Of($"1 row") : Text.Of($"{Number(count)} rows");

    private static string Number(int count) => count.ToString("N0", CultureInfo.CurrentCulture);
}
