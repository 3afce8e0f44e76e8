namespace Plura.Contacts.Contracts;

/// <summary>A card on the page of one contact; modules to the right bring their own, registered as a service.</summary>
/// <param name="Order">Lower stands higher.</param>
/// <param name="Component">A component with the parameters <c>Account</c> (the slug) and <c>ContactId</c>; it reads in a scope of its own.</param>
public sealed record ContactPart(int Order, Type Component)
{
    /// <summary>Who does not have it does not see the card; null for everybody.</summary>
    public string? Permission { get; init; }

    /// <summary>What becomes of the module's things when the contact is deleted, as a sentence: said before it happens.</summary>
    public string? WhenDeleted { get; init; }
}
