using System;
using System.Runtime.InteropServices;
using PasswordOps.Core;

namespace PasswordOps.OnPremises.ActiveDirectory;

/// <summary>
/// What this computer's settings make of OpenLDAP's library. ldap.conf, ldaprc and LDAPTLS_ variables can switch off the check of
/// certificates, or encryption with Kerberos, for every program; then nothing is sent.
/// </summary>
internal static class OpenLdap
{
    private const int Demand = 2;
    private const int Hard = 1;
    private const int RequireCertificate = 0x6006;
    private const int LargestStrength = 0x6108;

    // 56 bits is the least that Kerberos encrypts with.
    private const long LeastStrength = 56;

#if NET
    private static readonly string[] Names =
    {
        "libldap.so.2", "libldap-2.6.so.0", "libldap-2.5.so.0", "libldap-2.4.so.2", "libldap.dylib",
    };

    private static readonly Lazy<(int Check, long Strength)?> Settings = new(Read);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int GetOption(IntPtr handle, int option, ref long value);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int Initialize(out IntPtr handle, IntPtr uri);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int Unbind(IntPtr handle, IntPtr serverControls, IntPtr clientControls);
#endif

    /// <summary>Refuses to go on when a check or encryption is off.</summary>
    public static void RequireSafeSettings(Target target)
    {
#if NET
        (int check, long strength) = Settings.Value ?? throw target.Own("AdLibraryMissing");
        if (check is not (Demand or Hard))
        {
            throw target.Own("AdCertificateCheckOff");
        }

        if (target.Transport == Core.Directory.DomainTransport.Negotiate && strength < LeastStrength)
        {
            throw target.Own("AdEncryptionOff");
        }
#else
        throw target.Own("AdLibraryMissing");
#endif
    }

#if NET
    private static (int Check, long Strength)? Read()
    {
        foreach (string name in Names)
        {
            if (NativeLibrary.TryLoad(name, out IntPtr library))
            {
                GetOption get = Function<GetOption>(library, "ldap_get_option");
                if (Function<Initialize>(library, "ldap_initialize")(out IntPtr handle, IntPtr.Zero) != 0)
                {
                    return null;
                }

                try
                {
                    // The one is an int, the other as long as a pointer: both go into the lower end of a long that is zero before, which
                    // is off.
                    long check = 0;
                    long strength = 0;
                    return get(handle, RequireCertificate, ref check) != 0
                        ? null
                        : ((int)check, get(handle, LargestStrength, ref strength) == 0 ? strength : 0);
                }
                finally
                {
                    Function<Unbind>(library, "ldap_unbind_ext_s")(handle, IntPtr.Zero, IntPtr.Zero);
                }
            }
        }

        return null;
    }

    private static T Function<T>(IntPtr library, string name)
        where T : Delegate => Marshal.GetDelegateForFunctionPointer<T>(NativeLibrary.GetExport(library, name));
#endif
}
