namespace Plura.Accounts;

/// <summary>The agency whose desk this scope stands at; nothing of its accounts is visible from there, only that they exist.</summary>
public sealed class CurrentAgency
{
    private Guid? id;

    public Guid Id => id ?? throw new InvalidOperationException("This scope stands at no agency's desk.");

    public Guid? Current => id;

    public void Enter(Guid agencyId) => id = agencyId;
}
