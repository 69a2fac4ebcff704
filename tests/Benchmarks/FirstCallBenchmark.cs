using System;
using System.Collections.Generic;
using System.Diagnostics;

namespace PasswordOps.Benchmarks;

/// <summary>
/// A fresh process that imports, connects with a secret and checks one user, against a fresh process that does nothing: what an admin waits
/// for, whole processes by the wall, turn by turn.
/// </summary>
internal static class FirstCallBenchmark
{
    private const double Limit = 3;

    internal static bool Run(int rounds)
    {
        using PracticeServer practice = new(users: 200, latency: 0);
        string script =
            $"Import-Module '{Subjects.Module}'; $null = Connect-PasswordOps -PracticeTenant (Get-Content -Raw '{practice.ReadyFile}'); "
            + "(Test-SsprReadiness adele@contoso.com).Verdict";
        List<double> ours = new();
        List<double> nothing = new();
        if (Subjects.Pwsh(script) != "Fail")
        {
            throw new InvalidOperationException("The readiness of the sample user is not what it is known to be: nothing to measure.");
        }

        Subjects.Pwsh("exit");
        for (int i = 0; i < rounds; i++)
        {
            ours.Add(Timed(script));
            nothing.Add(Timed("exit"));
        }

        return Figure.Print("firstcall", "pwsh -NoProfile -c exit", Figure.Median(ours), Figure.Median(nothing), atMost: Limit);
    }

    private static double Timed(string script)
    {
        Stopwatch watch = Stopwatch.StartNew();
        Subjects.Pwsh(script);
        return watch.Elapsed.TotalMilliseconds;
    }
}
