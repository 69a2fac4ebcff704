using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Directory;

namespace PasswordOps.OnPremises.Tests.ActiveDirectory;

[Collection(SambaCollection.Name)]
public class SambaConditionsTests
{
    private readonly SambaFixture samba;

    public SambaConditionsTests(SambaFixture samba)
    {
        this.samba = samba;
    }

    [SkippableFact]
    public async Task The_conditions_of_a_domain_are_read()
    {
        using IActiveDirectory directory = await SambaFixture.OpenAsync(samba.Options("svc-reset", DomainTransport.Ldaps));
        DomainConditions conditions = await directory.ReadConditionsAsync(CancellationToken.None);
        Assert.NotNull(conditions.Policy.MinimumAge);
        Assert.NotNull(conditions.Policy.MinimumLength);
        Assert.Null(conditions.Policy.FineGrained);
        Assert.NotNull(conditions.IsReadByAll);
        Assert.Empty(Assert.IsAssignableFrom<IReadOnlyList<string>>(conditions.AwkwardUnits));
        ActiveDirectoryAccount account = await directory.FindAsync(new ActiveDirectoryName("svc-reset"), CancellationToken.None);
        Assert.Equal(("user", (DateTimeOffset?)null), (account.ObjectClass, account.Expires));
    }
}
