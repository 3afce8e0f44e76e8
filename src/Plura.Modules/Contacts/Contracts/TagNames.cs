namespace Plura.Contacts.Contracts;

/// <summary>What a tag may be called.</summary>
public static class TagNames
{
    public const int Longest = 60;

    public static bool Fits(string name) => !string.IsNullOrWhiteSpace(name) && name.Trim().Length <= Longest && !name.Any(char.IsControl);
}
