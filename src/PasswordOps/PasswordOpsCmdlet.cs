using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core;
using PasswordOps.Core.Bulk;

namespace PasswordOps;

/// <summary>
/// Base of all cmdlets: runs asynchronous work while the pipeline thread, the only one that touches the cmdlet, writes what the work sends;
/// lets work end in order when the pipeline stops; and turns failures into error records.
/// </summary>
public abstract class PasswordOpsCmdlet : PSCmdlet, IDisposable
{
    /// <summary>How long writes that are on their way may take to end after a stop; what is not known then is lost to the caller.</summary>
    private static readonly TimeSpan SettleTime = TimeSpan.FromSeconds(20);

    // Work that gives a million rows waits for a pipeline that takes them slowly, instead of piling them up.
    private const int MostWaiting = 1000;

    private readonly CancellationTokenSource stopping = new();
    private readonly int pipelineThread = Thread.CurrentThread.ManagedThreadId;
#pragma warning disable CA2213 // Left to the garbage collector, for work that outlived the wait may still put something in.
    private volatile BlockingCollection<Action>? mailbox;
#pragma warning restore CA2213
    private ProgressDisplay? progress;
    private RequestTrace? followed;
    private CultureInfo? language;

    private protected PasswordOpsCmdlet()
    {
    }

    /// <summary>Takes reports of long work from any thread and shows them a few times a second.</summary>
    private protected IProgress<BulkProgress> Progress => Display;

    /// <summary>What shows the progress of this invocation.</summary>
    private protected ProgressDisplay Display =>
        progress ??= new ProgressDisplay(record => Send(() => WriteProgress(record), mayWait: false), HeldBack);

    /// <summary>True when the caller asks what would be done.</summary>
    private protected bool IsWhatIf => MyInvocation.BoundParameters.TryGetValue("WhatIf", out object? given)
        ? LanguagePrimitives.IsTrue(given)
        : LanguagePrimitives.IsTrue(GetVariableValue("WhatIfPreference"));

    /// <summary>How a service holds the work back at the moment; null when none does.</summary>
    private protected virtual PaceState? HeldBack() => null;

    /// <summary>Releases what the invocation holds.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Prepares; called once, on the pipeline thread.</summary>
    private protected virtual void Begin()
    {
    }

    /// <summary>Takes one input; called on the pipeline thread.</summary>
    private protected virtual void Process()
    {
    }

    /// <summary>Finishes; not called when the pipeline was stopped.</summary>
    private protected virtual void Finish()
    {
    }

    /// <summary>Releases what the invocation holds.</summary>
    /// <param name="disposing">True when called by <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            if (followed is not null)
            {
                followed.Written -= ShowRequest;
            }

            stopping.Dispose();
        }
    }

    /// <inheritdoc/>
    protected sealed override void BeginProcessing() => Guard(Begin);

    /// <inheritdoc/>
    protected sealed override void ProcessRecord() => Guard(Process);

    /// <inheritdoc/>
    protected sealed override void EndProcessing()
    {
        Guard(Finish);
        progress?.Complete();
    }

    /// <inheritdoc/>
    protected sealed override void StopProcessing()
    {
        try
        {
            stopping.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The pipeline ended by itself at the same moment.
        }
    }

    /// <summary>
    /// Runs work on other threads and writes what it sends until it has ended. A stop cancels the work and waits a bounded time for what is
    /// on its way.
    /// </summary>
    /// <typeparam name="T">What the work gives.</typeparam>
    /// <param name="work">The work; its token is cancelled when the pipeline stops or no longer takes output.</param>
    /// <returns>What the work gave.</returns>
    /// <exception cref="PasswordOpsException">The work failed.</exception>
    /// <exception cref="PipelineStoppedException">The pipeline was stopped.</exception>
    private protected T Await<T>(Func<CancellationToken, Task<T>> work)
    {
        using CancellationTokenSource giveUp = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token);
        BlockingCollection<Action> box = new(MostWaiting);
        mailbox = box;
        CancellationToken stop = giveUp.Token;
        Task<T> task = Task.Run(() => work(stop));
        _ = task.ContinueWith(
            _ => box.CompleteAdding(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        try
        {
            Deliver(box);
        }
        catch
        {
            // The pipeline takes no more: an error under -ErrorAction Stop, or a Select-Object -First that has enough. Who waits to put
            // something in line is let go, or the work would never end.
            box.CompleteAdding();
            giveUp.Cancel();
            Task.WhenAny(task, Task.Delay(SettleTime)).Wait();
            Forget(task);
            throw;
        }

        if (stopping.IsCancellationRequested)
        {
            box.CompleteAdding();
            Forget(task);
            throw new PipelineStoppedException();
        }

        try
        {
            return task.GetAwaiter().GetResult();
        }
        catch (Exception fault) when (fault is not PasswordOpsException)
        {
            throw Errors.Unexpected(fault);
        }
    }

    /// <summary>Runs work that gives nothing.</summary>
    /// <param name="work">The work.</param>
    private protected void Await(Func<CancellationToken, Task> work) => Await(async stop =>
    {
        await work(stop).ConfigureAwait(false);
        return true;
    });

    /// <summary>
    /// Does something to the cmdlet on the pipeline thread; from another thread it is put in line, and waits where the line is long.
    /// Nothing is done after a stop.
    /// </summary>
    /// <param name="action">What to do.</param>
    /// <param name="mayWait">False for what is left out where the line is long.</param>
    private protected void Send(Action action, bool mayWait = true)
    {
        if (Thread.CurrentThread.ManagedThreadId == pipelineThread)
        {
            action();
            return;
        }

        try
        {
            mailbox?.TryAdd(action, mayWait ? Timeout.Infinite : 0);
        }
        catch (InvalidOperationException)
        {
            // The pipeline waits no longer; there is nobody to tell.
        }
    }

    /// <summary>Asks the pipeline thread for something while work is awaited on others.</summary>
    /// <typeparam name="T">What it gives.</typeparam>
    /// <param name="ask">What to do there.</param>
    /// <param name="stop">Ends the wait: after a stop the pipeline thread does nothing more.</param>
    /// <returns>What it gave.</returns>
    private protected async Task<T> OnPipelineAsync<T>(Func<T> ask, CancellationToken stop)
    {
        TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration end = stop.Register(() => done.TrySetCanceled());
        using CancellationTokenRegistration ended = stopping.Token.Register(() => done.TrySetCanceled());
        Send(() =>
        {
            try
            {
                done.TrySetResult(ask());
            }
            catch (Exception fault)
            {
                done.TrySetException(fault);
            }
        });
        return await done.Task.ConfigureAwait(false);
    }

    /// <summary>Shows the requests of a connection as debug messages while this cmdlet runs, where debug messages are wanted.</summary>
    /// <param name="trace">The connection's requests.</param>
    private protected void Follow(RequestTrace trace)
    {
        bool asked = MyInvocation.BoundParameters.TryGetValue("Debug", out object? value)
            ? value is SwitchParameter { IsPresent: true }
            : !string.Equals(GetVariableValue("DebugPreference")?.ToString(), "SilentlyContinue", StringComparison.OrdinalIgnoreCase);
        if (asked && followed is null)
        {
            followed = trace;
            trace.Written += ShowRequest;
        }
    }

    /// <summary>Does one step for one input; its failure is that input's error and the next still gets a turn.</summary>
    /// <param name="target">The input, as shown in the error.</param>
    /// <param name="step">The step.</param>
    /// <returns>True when it went well.</returns>
    private protected bool Attempt(object? target, Action step)
    {
        try
        {
            step();
            return true;
        }
        catch (PasswordOpsException error)
        {
            WriteError(Errors.Record(error, target));
            return false;
        }
    }

    /// <summary>Asks whether to go on. Where nobody can be asked the run ends, with what to do about it.</summary>
    /// <param name="ask">PowerShell's own question.</param>
    /// <param name="without">What leaves the question out.</param>
    /// <returns>True when it may be done.</returns>
    private protected bool Confirmed(Func<bool> ask, string without = "-Confirm:$false")
    {
        try
        {
            return ask();
        }
        catch (Exception fault) when (fault is PSInvalidOperationException or PSNotImplementedException or HostException
            or NullReferenceException)
        {
            // The last is how the console host fails where its standard input has ended, as under a scheduler.
            ThrowTerminatingError(Errors.Record(Errors.NobodyToAsk(without), null));
            throw;
        }
    }

    private void ShowRequest(string line) => Send(() => WriteDebug(line));

    private static bool IsPowerShells(Exception fault) => fault is IContainsErrorRecord or FlowControlException;

    // The texts of one invocation are in one language, on all the threads that work for it.
    private void Guard(Action step)
    {
        try
        {
            language ??= this is IHasLanguage { Language: string wanted } ? Text.LanguageNamed(wanted) : Text.Language;
            Text.In(language, () =>
            {
                step();
                return true;
            });
        }
        catch (PasswordOpsException error)
        {
            progress?.Complete();
            ThrowTerminatingError(Errors.Record(error, null));
        }
        catch (Exception fault) when (!IsPowerShells(fault))
        {
            progress?.Complete();
            ThrowTerminatingError(Errors.Record(Errors.Unexpected(fault), null));
        }
    }

    /// <summary>Does what is put in line until no more can come, or until a stop has waited long enough.</summary>
    private void Deliver(BlockingCollection<Action> box)
    {
        Stopwatch? stopped = null;
        while (!box.IsCompleted)
        {
            if (stopping.IsCancellationRequested)
            {
                stopped ??= Stopwatch.StartNew();
                if (stopped.Elapsed > SettleTime)
                {
                    return;
                }
            }

            if (box.TryTake(out Action? action, millisecondsTimeout: 200) && stopped is null && !stopping.IsCancellationRequested)
            {
                action();
            }
        }
    }

    /// <summary>Looks at a fault that there is no caller left to tell of, so that it does not surface elsewhere later.</summary>
    private static void Forget(Task task) =>
        _ = task.ContinueWith(
            ended => ended.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
}
