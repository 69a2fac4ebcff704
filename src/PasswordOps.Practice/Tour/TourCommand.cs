using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace PasswordOps.Practice.Tour;

/// <summary>tour: does the main job against a practice tenant and shows each step with the PowerShell line that gives it.</summary>
internal static class TourCommand
{
    internal static async Task<int> RunAsync(string[] arguments)
    {
        TourOptions options;
        try
        {
            options = TourOptions.Parse(arguments);
        }
        catch (UsageException error)
        {
            await Console.Error.WriteLineAsync(error.Message);
            await Console.Error.WriteLineAsync(TourOptions.Usage);
            return Program.BadUsage;
        }

        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            stop.Cancel();
        };
        DirectoryInfo folder = options.OutFolder is { } given
            ? Directory.CreateDirectory(given)
            : Directory.CreateTempSubdirectory("passwordops-tour-");
        try
        {
            return await new TourRun(options, folder.FullName, Console.Out).RunAsync(stop.Token) ? 0 : 1;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Stopped.");
            return 1;
        }
    }
}
