using System;
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
        _ => Unknown(),
    };

    private static int Unknown()
    {
        Console.Error.WriteLine(ServeOptions.Usage);
        Console.Error.WriteLine(Tour.TourOptions.Usage);
        return BadUsage;
    }
}
