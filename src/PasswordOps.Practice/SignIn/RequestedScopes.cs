using System;
using System.Collections.Generic;
using System.Linq;
using PasswordOps.Practice.State;

namespace PasswordOps.Practice.SignIn;

/// <summary>What a token request asks for: one resource, and permissions on it.</summary>
internal sealed record RequestedScopes(string Resource, IReadOnlyList<string> Names, bool OfflineAccess)
{
    private const string Default = ".default";
    private static readonly string[] s_ofSignIn = ["openid", "profile", "email", "offline_access"];

    private static readonly string[] s_graphHosts =
    [
        "https://graph.microsoft.com", "https://graph.microsoft.us", "https://dod-graph.microsoft.us",
        "https://microsoftgraph.chinacloudapi.cn",
        "00000003-0000-0000-c000-000000000000",
    ];

    /// <param name="text">The scope parameter.</param>
    /// <param name="address">This server's own address, which is a name of Graph too.</param>
    /// <param name="tenant">Named in the error.</param>
    internal static RequestedScopes Parse(string text, string address, string tenant)
    {
        string resource = s_graphHosts[0];
        var names = new List<string>();
        bool offline = false;
        foreach (string scope in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (s_ofSignIn.Contains(scope, StringComparer.OrdinalIgnoreCase))
            {
                offline |= scope.Equals("offline_access", StringComparison.OrdinalIgnoreCase);
                continue;
            }
            int slash = scope.LastIndexOf('/');
            if (slash > 0)
            {
                resource = scope[..slash].TrimEnd('/');
                bool known = s_graphHosts.Contains(resource, StringComparer.OrdinalIgnoreCase)
                    || resource.Equals(address.TrimEnd('/'), StringComparison.OrdinalIgnoreCase);
                if (!known)
                    throw SignInException.WrongResource(resource, tenant);
            }
            names.Add(scope[(slash + 1)..]);
        }
        return new RequestedScopes(resource, names, offline);
    }

    public bool IsDefault => Names.Count == 1 && Names[0] == Default;

    /// <summary>Delegated permissions to grant: all that are consented to, or those asked for if they are.</summary>
    public IReadOnlyList<string> Granted(Application application)
    {
        if (Names.Count == 0 || Names.Contains(Default))
            return application.DelegatedPermissions;
        if (Names.Any(name => !application.DelegatedPermissions.Contains(name, StringComparer.OrdinalIgnoreCase)))
            throw SignInException.NoConsent(application.AppId, application.DisplayName);
        return application.DelegatedPermissions.Where(name => Names.Contains(name, StringComparer.OrdinalIgnoreCase)).ToList();
    }
}
