using System;
using System.Collections.Generic;
using System.Linq;
using PasswordOps.Core.Checks;
using PasswordOps.Core.Registration;

namespace PasswordOps.Core.Report;

/// <summary>Takes people as they are checked: counts them, gives each to the sheet, and keeps the worst for the page.</summary>
internal sealed class ReportPeople
{
    private readonly ReportProblems problems;
    private readonly ReportMask? mask;
    private readonly Action<ReportPerson> write;
    private readonly RegistrationTally tally = new();
    private readonly List<ReportPerson> worst = new();
    private readonly Dictionary<string, Gate> gates = new(StringComparer.Ordinal);

    public ReportPeople(ReportProblems problems, ReportMask? mask, Action<ReportPerson> write)
    {
        this.problems = problems;
        this.mask = mask;
        this.write = write;
    }

    /// <summary>How many need something done.</summary>
    public int InNeed { get; private set; }

    /// <summary>Why lines of the registration report could not be read; null when they could.</summary>
    public PasswordOpsException? LineProblem { get; private set; }

    /// <summary>Those of them who go into the page.</summary>
    public IReadOnlyList<ReportPerson> Worst
    {
        get
        {
            Trim();
            return worst;
        }
    }

    public RegistrationSummary Registration => tally.Summarize();

    public IReadOnlyList<ReportGate> Gates(string administratorsNeed) =>
        new[]
        {
            (Id: "admin", Policy: Text.Of($"Administrator policy"), Needed: administratorsNeed),
            (Id: "user", Policy: Text.Of($"User policy"), Needed: Text.Of($"1 or 2: no API tells which")),
            (Id: "unknown", Policy: Text.Of($"One of both: their roles are not known"), Needed: Text.Of($"unknown")),
        }
        .Where(policy => gates.ContainsKey(policy.Id))
        .Select(policy => new ReportGate(policy.Policy, policy.Needed, gates[policy.Id].Users, gates[policy.Id].Met))
        .ToArray();

    /// <summary>Takes one; one call at a time.</summary>
    public void Take(UserFacts facts, ReadinessReport readiness)
    {
        RegistrationRow row = RegistrationRow.Of(facts.User.Value, facts.Registration, null);
        tally.Add(row);
        if (!facts.Registration.IsKnown && facts.Registration.Error!.Id != UnlistedUser.ErrorId)
        {
            LineProblem ??= facts.Registration.Error;
        }

        if (facts.Source.IsHere && row.AccountEnabled != false)
        {
            CountGate(facts, readiness);
        }

        ReportPerson person = new(
            row.DisplayName ?? row.User, row.User, row.Department,
            facts.Standing.IsKnown ? facts.IsUnderAdministratorPolicy : row.IsAdmin,
            row.IsSynced, row.IsSsprEnabled, row.IsSsprRegistered, row.IsSsprCapable, string.Join(", ", row.MethodsRegistered),
            readiness.Verdict, readiness.Headline, readiness.NextStep);
        person = mask?.Of(person) ?? person;
        write(person);
        if (problems.Take(readiness))
        {
            InNeed++;
            worst.Add(person);
            if (worst.Count >= 2 * PasswordReport.MostPeople)
            {
                Trim();
            }
        }
    }

    private void CountGate(UserFacts facts, ReadinessReport readiness)
    {
        string id = facts.IsUnderAdministratorPolicy switch { true => "admin", false => "user", _ => "unknown" };
        if (!gates.TryGetValue(id, out Gate? gate))
        {
            gates[id] = gate = new Gate();
        }

        gate.Users++;
        gate.Met += readiness.Checks.Any(check => check.Id == "contact.methods" && check.Verdict == Verdict.Pass) ? 1 : 0;
    }

    private void Trim()
    {
        worst.Sort((one, other) =>
        {
            int order = other.Verdict.CompareTo(one.Verdict);
            order = order != 0 ? order : string.Compare(one.Name, other.Name, StringComparison.OrdinalIgnoreCase);
            return order != 0 ? order : string.CompareOrdinal(one.UserPrincipalName, other.UserPrincipalName);
        });
        if (worst.Count > PasswordReport.MostPeople)
        {
            worst.RemoveRange(PasswordReport.MostPeople, worst.Count - PasswordReport.MostPeople);
        }
    }

    private sealed class Gate
    {
        public int Users { get; set; }

        public int Met { get; set; }
    }
}
