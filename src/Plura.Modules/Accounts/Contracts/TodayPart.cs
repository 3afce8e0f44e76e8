namespace Plura.Accounts.Contracts;

/// <summary>A piece of the page that people see first; each module brings its own, registered as a service.</summary>
/// <param name="Order">Lower stands higher.</param>
/// <param name="Component">A component with a string parameter <c>Account</c> (the slug).</param>
public sealed record TodayPart(int Order, Type Component)
{
    /// <summary>Who does not have it does not see the part; null for everybody.</summary>
    public string? Permission { get; init; }
}
