namespace Plura.Accounts;

/// <summary>What makes a long password weak all the same.</summary>
internal static class Passwords
{
    /// <summary>A sentence about the password's weakness, or null.</summary>
    public static string? Weakness(string password, params string[] known)
    {
        if (password.Distinct().Count() < 5)
            return "This password repeats a few characters. Choose a less regular one.";
        if (IsRun(password))
            return "This password counts up or down. Choose a less regular one.";
        foreach (var text in known.Where(k => k.Length >= 4))
        {
            var rest = password.Replace(text, "", StringComparison.OrdinalIgnoreCase);
            if (rest.Length < password.Length && rest.Length < 8)
                return "This password is little more than your name, business or address. Choose another.";
        }

        return null;
    }

    private static bool IsRun(string password)
    {
        var steps = 0;
        for (var i = 1; i < password.Length; i++)
        {
            if (Math.Abs(password[i] - password[i - 1]) == 1)
                steps++;
        }

        return steps > password.Length * 3 / 4;
    }
}
