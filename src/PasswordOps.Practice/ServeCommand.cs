using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;

namespace PasswordOps.Practice;

/// <summary>serve: runs a practice tenant until somebody ends it.</summary>
internal static class ServeCommand
{
    internal static async Task<int> RunAsync(string[] arguments)
    {
        ServeOptions options;
        try
        {
            options = ServeOptions.Parse(arguments);
        }
        catch (UsageException error)
        {
            await Console.Error.WriteLineAsync(error.Message);
            await Console.Error.WriteLineAsync(ServeOptions.Usage);
            return Program.BadUsage;
        }
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        // Ctrl+C goes to every program of a terminal. One that was started for another ends with it, not with what it interrupts.
        using PosixSignalRegistration interrupt =
            PosixSignalRegistration.Create(PosixSignal.SIGINT, options.StopWithStdin ? signal => signal.Cancel = true : End);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);

        void End(PosixSignalContext signal)
        {
            signal.Cancel = true;
            ended.TrySetResult();
        }

        try
        {
            await using PracticeServer server = await PracticeServer.StartAsync(options);
            await Console.Out.WriteLineAsync(server.Ready.ToJson());
            await Console.Out.FlushAsync();
            if (options.StopWithStdin)
                _ = Task.Run(() => WaitForEndOfInput(ended));
            await ended.Task;
            return 0;
        }
        catch (UsageException error)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return Program.BadUsage;
        }
    }

    private static void WaitForEndOfInput(TaskCompletionSource ended)
    {
        using Stream input = Console.OpenStandardInput();
        Span<byte> ignored = stackalloc byte[256];
        while (input.Read(ignored) > 0)
        {
            // What is written there means nothing; only its end does.
        }
        ended.TrySetResult();
    }
}
