namespace Plura.Contacts.Contracts;

/// <summary>Whose number it is that somebody writes from.</summary>
public interface IPhoneBook
{
    /// <summary>The contacts that have the number, those whose first number it is before the others, then the oldest. A family may share one.</summary>
    /// <param name="number">In E.164.</param>
    /// <param name="ct">Stops the search.</param>
    Task<IReadOnlyList<PhoneOwner>> Owners(string number, CancellationToken ct);
}

public sealed record PhoneOwner(Guid ContactId, Guid ContactPointId);
