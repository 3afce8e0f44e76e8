using Plura.Accounts.Data;

namespace Plura.Accounts;

/// <summary>What each role may do inside an account.</summary>
internal static class Roles
{
    public static IEnumerable<string> PermissionsOf(string role) => role switch
    {
        Membership.Owner => ["*"],
        _ => throw new InvalidOperationException($"No role is called {role}."),
    };
}
