using System;

namespace PasswordOps.Core.SignIn;

/// <summary>What a person has to do elsewhere to sign in with a device code.</summary>
/// <param name="Message">The sentence to show, in the service's words.</param>
/// <param name="UserCode">The code to type.</param>
/// <param name="Address">Where to type it.</param>
/// <param name="ExpiresOn">Until when the code is good, UTC.</param>
public sealed record DeviceCodePrompt(string Message, string UserCode, Uri Address, DateTimeOffset ExpiresOn);
