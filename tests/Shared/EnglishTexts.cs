using System.Globalization;
using System.Runtime.CompilerServices;

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
