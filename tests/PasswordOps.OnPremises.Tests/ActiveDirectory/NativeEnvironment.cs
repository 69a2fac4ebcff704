using System.Runtime.InteropServices;

namespace PasswordOps.OnPremises.Tests.ActiveDirectory;

/// <summary>The environment as libraries in C see it, which .NET's own copy is not.</summary>
internal static class NativeEnvironment
{
    public static void Set(string name, string? value)
    {
        if (value is null)
        {
            _ = unsetenv(name);
        }
        else
        {
            _ = setenv(name, value, 1);
        }
    }

    [DllImport("libc", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int setenv(string name, string value, int overwrite);

    [DllImport("libc", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int unsetenv(string name);
}
