using System;
using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using PasswordOps.Practice.State;

namespace PasswordOps.Practice.SignIn;

/// <summary>A sign-in that waits for somebody to enter its code.</summary>
internal sealed class DeviceCode
{
    public required string Code { get; init; }

    public required string UserCode { get; init; }

    public required Application Application { get; init; }

    public required DateTimeOffset Expires { get; init; }

    public User? ApprovedBy { get; set; }

    public bool Declined { get; set; }

    public override string ToString() => nameof(DeviceCode);
}

/// <summary>Sign-ins by device code that are under way.</summary>
internal sealed class DeviceCodes(TimeProvider clock)
{
    internal static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    private readonly ConcurrentDictionary<string, DeviceCode> _codes = new(StringComparer.Ordinal);

    public DeviceCode Create(Application application)
    {
        var code = new DeviceCode
        {
            Code = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(48)),
            UserCode = RandomNumberGenerator.GetString("ABCDEFGHJKLMNPQRSTUVWXYZ23456789", 9),
            Application = application,
            Expires = clock.GetUtcNow() + Lifetime,
        };
        _codes[code.Code] = code;
        return code;
    }

    public DeviceCode? FindByUserCode(string userCode) =>
        _codes.Values.FirstOrDefault(code => string.Equals(code.UserCode, userCode, StringComparison.OrdinalIgnoreCase));

    /// <summary>The user that approved, once; else the reason to wait or to stop.</summary>
    public User Redeem(string code, Application application)
    {
        if (!_codes.TryGetValue(code, out DeviceCode? found) || found.Application.AppId != application.AppId)
            throw SignInException.UnknownDeviceCode();
        if (found.Expires <= clock.GetUtcNow())
            throw SignInException.DeviceCodeExpired();
        if (found.Declined)
            throw SignInException.Declined();
        if (found.ApprovedBy is not { } user)
            throw SignInException.Pending();
        return ((ICollection<KeyValuePair<string, DeviceCode>>)_codes).Remove(new(code, found))
            ? user : throw SignInException.UnknownDeviceCode();
    }
}
