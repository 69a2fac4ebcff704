using System;
using System.IO;
using System.Threading.Tasks;

namespace PasswordOps.Practice;

internal static class Program
{
    /// <summary>Exit code for arguments that make no sense.</summary>
    internal const int BadUsage = 2;

    private static async Task<int> Main(string[] arguments) => arguments switch
    {
        ["serve", .. string[] rest] => await ServeCommand.RunAsync(rest),
        ["tour", .. string[] rest] => await Tour.TourCommand.RunAsync(rest),
        ["-h" or "--help" or "help"] => Usage(Console.Out, 0),
        _ => Usage(Console.Error, BadUsage),
    };

    private static int Usage(TextWriter to, int exitCode)
    {
        to.WriteLine(ServeOptions.Usage);
        to.WriteLine(Tour.TourOptions.Usage);
        return exitCode;
    }
}
