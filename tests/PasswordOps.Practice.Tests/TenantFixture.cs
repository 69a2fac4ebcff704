using System.Threading.Tasks;

namespace PasswordOps.Practice.Tests;

/// <summary>One tenant for all tests of a class, where they do not get in each other's way.</summary>
public sealed class TenantFixture : IAsyncLifetime
{
    internal const int Users = 120;

    internal PracticeClient Client { get; private set; } = null!;

    public async Task InitializeAsync() => Client = await PracticeClient.StartAsync(new ServeOptions { Users = Users });

    public async Task DisposeAsync() => await Client.DisposeAsync();
}
