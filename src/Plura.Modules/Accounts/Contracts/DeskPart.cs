namespace Plura.Accounts.Contracts;

/// <summary>A piece of the operator's overview; each module brings its own, registered as a service. It shows numbers and never anybody's data.</summary>
/// <param name="Order">Lower stands higher.</param>
/// <param name="Component">A component without parameters, which reads in a scope of its own.</param>
public sealed record DeskPart(int Order, Type Component);
