using System.Globalization;
using System.Runtime.CompilerServices;

#pragma warning disable CA2255, CS0436 // A test assembly is an application of its own; older targets define the attribute in each assembly.

/// <summary>Tests read English texts, whatever language the machine speaks. Those that want another ask for it.</summary>
internal static class EnglishTexts
{
    [ModuleInitializer]
    internal static void Speak()
    {
        CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;
        CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
    }
}
