using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Bulk;
using PasswordOps.Core.Contacts;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Tests.Bulk;

namespace PasswordOps.Core.Tests.Contacts;

/// <summary>A run that is killed, resumed and undone: nothing lost, nothing doubled.</summary>
public class ContactResumeTests
{
    private const int Users = 120;

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(3, 5)]
    [InlineData(4, 5)]
    [InlineData(5, 9)]
    public async Task A_run_that_is_killed_again_and_again_ends_right_and_writes_everything_once(int seed, int secondsOfDelay)
    {
        MortalTenant tenant = new(seed, TimeSpan.FromSeconds(secondsOfDelay));
        ContactList source = tenant.Sheet();
        MemoryJournal file = new(tenant.Head(source));
        int lives = 0;
        for (bool isDone = false; !isDone; lives++)
        {
            Assert.True(lives < 300, "the run makes no progress");
            tenant.Begin(operationsToLive: lives < 40 ? 5 + tenant.Random.Next(120) : int.MaxValue, file);
            try
            {
                isDone = (await tenant.LiveAsync(source, file)).IsComplete;
            }
            catch (Killed)
            {
            }
        }

        Assert.True(lives > 3, "it was not killed at all");
        tenant.AssertRight();
        Assert.All(tenant.Effects, effect => Assert.Equal(1, effect.Value));

        // What the journal calls written is what took effect, and nothing else did.
        HashSet<(int, string)> told = new(file.Entries.OfType<JournalOutcome>()
            .Where(outcome => outcome.Kind is JournalOutcomeKind.Written or JournalOutcomeKind.Found)
            .Select(outcome => (outcome.Row, outcome.Field)));
        Assert.Equal(tenant.Effects.Count, told.Count);

        tenant.Begin(int.MaxValue, file);
        int before = tenant.Directory.Writes.Count;
        ContactSummary again = await tenant.LiveAsync(source, file);
        Assert.Equal(before, tenant.Directory.Writes.Count);
        Assert.Equal(Users, again.Earlier);
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public async Task A_run_is_undone_also_when_it_was_killed_half_way(int seed)
    {
        MortalTenant tenant = new(seed, TimeSpan.Zero);
        ContactList source = tenant.Sheet();
        MemoryJournal file = new(tenant.Head(source));
        Dictionary<string, string> before = tenant.Snapshot();
        tenant.Begin(300, file);
        await Assert.ThrowsAsync<Killed>(() => tenant.LiveAsync(source, file));
        Assert.NotEqual(before, tenant.Snapshot());

        tenant.Begin(int.MaxValue, file);
        ContactUndo undo = new(new ContactJournal(file, tenant.Clock), Array.Empty<string>(), Array.Empty<ContactField>());
        Assert.True((await tenant.RunAsync(undo)).IsComplete);
        Assert.Equal(before, tenant.Snapshot());
    }

    [Fact]
    public async Task A_part_of_a_run_is_undone_and_what_somebody_changed_since_stays()
    {
        MortalTenant tenant = new(21, TimeSpan.Zero) { FaultRate = 0 };
        ContactList source = tenant.Sheet();
        MemoryJournal file = new(tenant.Head(source));
        Dictionary<string, string> before = tenant.Snapshot();
        tenant.Begin(int.MaxValue, file);
        await tenant.LiveAsync(source, file);
        Dictionary<string, string> after = tenant.Snapshot();
        string[] ids = tenant.Directory.Users.Keys.ToArray();

        ContactUndo part = new(new ContactJournal(file, tenant.Clock), new[] { "user3@contoso.com", ids[5] }, Array.Empty<ContactField>());
        Assert.Equal(2, (await tenant.RunAsync(part)).Succeeded);
        Assert.Equal(before[ids[3]], tenant.Snapshot()[ids[3]]);
        Assert.Equal(before[ids[5]], tenant.Snapshot()[ids[5]]);
        Assert.Equal(after[ids[4]], tenant.Snapshot()[ids[4]]);

        tenant.Directory.Contacts[ids[7]] = tenant.Directory.Contacts[ids[7]] with { Email = "hers@fabrikam.com" };
        List<ContactPlanRow> rows = new();
        ContactUndo all = new(new ContactJournal(file, tenant.Clock), Array.Empty<string>(), Array.Empty<ContactField>());
        await tenant.Update().CompareAsync(all, rows.Add, null, CancellationToken.None);
        PasswordOpsException refused = Assert.Single(rows.SelectMany(row => row.Errors));
        Assert.Equal("ChangedSince", refused.Id);
        Assert.Contains("user7@contoso.com, email", refused.Message);
        Assert.Equal(2, rows.Count(row => row.IsValid && !row.HasWrites));
    }

    [Fact]
    public async Task A_run_that_ended_with_refusals_tries_those_again_when_it_is_resumed_and_nothing_else()
    {
        MortalTenant tenant = new(51, TimeSpan.Zero) { FaultRate = 0 };
        ContactList source = tenant.Sheet();
        MemoryJournal file = new(tenant.Head(source));
        tenant.Begin(int.MaxValue, file);
        Func<ContactWrite, int, WriteOutcome?> serve = tenant.Directory.OnWrite!;
        string refused = tenant.Directory.Users.Keys.ElementAt(9);
        tenant.Directory.OnWrite = (write, n) => write.UserId == refused && write.Field == ContactField.Email
            ? new WriteOutcome(FakeDirectory.Refusal("RoleMissing"), "r", 1)
            : serve(write, n);
        ContactSummary first = await tenant.LiveAsync(source, file);
        Assert.Equal(1, first.Failed);
        Assert.Single(file.Entries.OfType<JournalEnd>());

        tenant.Directory.OnWrite = serve;
        tenant.Directory.Writes.Clear();
        ContactSummary again = await tenant.LiveAsync(source, file);
        Assert.True(again.IsComplete);
        Assert.Equal((1, Users - 1), (again.Succeeded, again.Earlier));
        Assert.Equal((refused, ContactField.Email), tenant.Directory.Writes.Select(write => (write.UserId, write.Field)).Single());
        tenant.AssertRight();
    }

    [Fact]
    public async Task Nothing_is_sent_that_the_journal_does_not_hold()
    {
        MortalTenant tenant = new(31, TimeSpan.Zero) { FaultRate = 0 };
        ContactList source = tenant.Sheet();
        MemoryJournal file = new(tenant.Head(source));
        tenant.Begin(int.MaxValue, file);
        int appends = 0;
        file.OnAppend = entries =>
        {
            if (entries[0] is JournalSending or JournalOutcome && ++appends > 6)
            {
                throw new PasswordOpsException("JournalNotWritable", ErrorKind.InvalidOperation, "The disk is full.", "Make room.");
            }
        };
        PasswordOpsException error = await Assert.ThrowsAsync<PasswordOpsException>(() => tenant.LiveAsync(source, file));
        Assert.Equal("JournalNotWritable", error.Id);
        HashSet<(string, string)> intents = new(file.Entries.OfType<JournalSending>().Select(entry => (entry.UserId, entry.Change.Field)));
        Assert.NotEmpty(tenant.Directory.Writes);
        Assert.All(tenant.Directory.Writes, write => Assert.Contains((write.UserId, write.Field.ToString()), intents));

        file.OnAppend = null;
        Assert.True((await tenant.LiveAsync(source, file)).IsComplete);
        tenant.AssertRight();
        Assert.All(tenant.Effects, effect => Assert.Equal(1, effect.Value));
    }

    [Fact]
    public void A_journal_of_another_run_is_refused_by_what_differs()
    {
        MortalTenant tenant = new(41, TimeSpan.Zero);
        JournalHead head = tenant.Head(tenant.Sheet());
        ContactJournal journal = new(new MemoryJournal(head), tenant.Clock);
        journal.RequireSameRun(head with { RunId = Guid.NewGuid(), Started = tenant.Clock.UtcNow.AddDays(1), Source = "moved.csv" });
        Assert.Equal("JournalOtherTenant", Refused(head with { TenantId = "8d0f4c1e-7b3d-4c58-9a41-2d5e8c9b1a70" }));
        Assert.Equal("JournalOtherSheet", Refused(head with { SourceDigest = new string('0', 64) }));
        Assert.Equal("JournalOtherOperation", Refused(head with { Operation = "Restore-SsprContactData" }));
        Assert.Equal(
            "JournalOtherOptions", Refused(head with { Options = new Dictionary<string, string>(Copy(head)) { ["Shard"] = "2/8" } }));

        string Refused(JournalHead wanted) => Assert.Throws<PasswordOpsException>(() => journal.RequireSameRun(wanted)).Id;

        static IDictionary<string, string> Copy(JournalHead head) =>
            head.Options.ToDictionary(option => option.Key, option => option.Value);
    }

    private sealed class Killed : Exception
    {
    }

    /// <summary>A tenant whose answers get lost and whose client dies after some operations.</summary>
    private sealed class MortalTenant
    {
        private readonly Dictionary<string, (ContactData Data, DateTimeOffset At)> stale = new();
        private readonly TimeSpan delay;
        private int left;

        public MortalTenant(int seed, TimeSpan delay)
        {
            this.delay = delay;
            Random = new Random(seed);
            Directory = new FakeDirectory(Clock);
            for (int i = 0; i < Users; i++)
            {
                ContactData? data = i % 3 == 0
                    ? null
                    : new ContactData
                    {
                        Phones = new Dictionary<PhoneType, string> { [PhoneType.Mobile] = $"+1 20655501{i % 100:00}" },
                        Email = i % 3 == 1 ? $"old{i}@fabrikam.com" : null,
                    };
                Directory.Add($"user{i}@contoso.com", contact: data);
            }

            Directory.OnWrite = Write;
            Directory.OnReadContact = Read;
        }

        public FakeClock Clock { get; } = new();

        public Random Random { get; }

        public FakeDirectory Directory { get; }

        public double FaultRate { get; init; } = 0.2;

        /// <summary>How often each value took effect.</summary>
        public Dictionary<(string, ContactField), int> Effects { get; } = new();

        public ContactUpdate Update() => new(Directory, new ContactOptions(), Clock);

        public ContactList Sheet() => new("sheet", Enumerable.Range(0, Users).Select(i => ContactUpdateTests.Row(
            i + 2, $"user{i}@contoso.com", (ContactField.Mobile, Mobile(i)), (ContactField.AlternateMobile, Alternate(i)),
            (ContactField.Email, $"user{i}@fabrikam.com"))).ToArray());

        public JournalHead Head(IContactSource source) => Update().Head("Set-SsprContactData", source, "", "0", CancellationToken.None);

        public void Begin(int operationsToLive, MemoryJournal file)
        {
            left = operationsToLive;
            file.OnAppend = _ => Live();
        }

        public async Task<ContactSummary> LiveAsync(ContactList source, MemoryJournal file)
        {
            ContactJournal journal = new(file, Clock);
            ContactUpdate update = Update();
            if (file.Entries.OfType<JournalPlanEnd>().Any())
            {
                return await update.ResumeAsync(source, journal, _ => { }, null, CancellationToken.None);
            }

            ContactPlan plan = await update.PlanAsync(source, journal, null, null, CancellationToken.None);
            return await update.RunAsync(source, plan, journal, _ => { }, null, CancellationToken.None);
        }

        public async Task<ContactSummary> RunAsync(IContactSource source)
        {
            ContactPlan plan = await Update().PlanAsync(source, null, null, null, CancellationToken.None);
            return await Update().RunAsync(source, plan, null, _ => { }, null, CancellationToken.None);
        }

        public Dictionary<string, string> Snapshot() => Directory.Contacts.ToDictionary(
            contact => contact.Key,
            contact => string.Join("|", contact.Value.Phones.OrderBy(phone => phone.Key).Select(phone => phone.Value)
                .Append(contact.Value.Email ?? string.Empty)));

        public void AssertRight()
        {
            string[] ids = Directory.Users.Keys.ToArray();
            for (int i = 0; i < Users; i++)
            {
                Assert.Equal($"{Mobile(i)}|{Alternate(i)}|user{i}@fabrikam.com", Snapshot()[ids[i]]);
            }
        }

        private static string Mobile(int i) => $"+1 42555501{i % 100:00}";

        private static string Alternate(int i) => $"+1 36055501{i % 100:00}";

        private void Live()
        {
            if (Interlocked.Decrement(ref left) < 0)
            {
                throw new Killed();
            }
        }

        private ContactData Read(string id)
        {
            Live();
            return stale.TryGetValue(id, out (ContactData Data, DateTimeOffset At) old) && Clock.UtcNow - old.At < delay
                ? old.Data
                : Directory.Contacts[id];
        }

        private WriteOutcome? Write(ContactWrite write, int number)
        {
            // Dies before the write arrives.
            Live();
            double chance = Random.NextDouble();
            if (chance < FaultRate / 2)
            {
                return Lost();
            }

            // A second POST of one type is refused.
            ContactData data = Directory.Contacts[write.UserId];
            bool isThere = write.Field == ContactField.Email
                ? data.Email is not null
                : data.Phones.ContainsKey((PhoneType)Enum.Parse(typeof(PhoneType), write.Field.ToString()));
            if (isThere && write.Action == WriteAction.Add)
            {
                return new WriteOutcome(FakeDirectory.Refusal("RequestRejected", ErrorKind.InvalidData, 400), "r", 1);
            }

            if (!stale.TryGetValue(write.UserId, out (ContactData Data, DateTimeOffset At) old) || Clock.UtcNow - old.At >= delay)
            {
                stale[write.UserId] = (data, Clock.UtcNow);
            }

            Effects[(write.UserId, write.Field)] = Effects.TryGetValue((write.UserId, write.Field), out int count) ? count + 1 : 1;
            Directory.Apply(write);

            // Dies after the write took effect and before the answer arrives.
            Live();
            return chance < FaultRate ? Lost() : new WriteOutcome(null, "r-" + number, 1);
        }

        private static WriteOutcome Lost() =>
            new(FakeDirectory.Refusal("OutcomeUnknown", ErrorKind.Timeout, 504, mayHaveHappened: true), null, 1);
    }
}
