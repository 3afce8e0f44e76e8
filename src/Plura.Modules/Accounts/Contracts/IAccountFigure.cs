namespace Plura.Accounts.Contracts;

/// <summary>A number about an account that its agency's desk shows: how much there is, never of whom. Each module may bring its own.</summary>
public interface IAccountFigure
{
    /// <summary>What is counted: <c>Contacts</c>.</summary>
    string Name { get; }

    /// <summary>Asked from outside the account: the module has a function for it that answers nothing but the number.</summary>
    Task<long> Of(Guid account, CancellationToken ct);
}
