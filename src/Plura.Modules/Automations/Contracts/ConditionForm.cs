using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Plura.Platform;

namespace Plura.Automations.Contracts;

/// <summary>How conditions are asked for in a form; whoever has contacts registers it as a service.</summary>
/// <param name="Component">
/// Inputs and buttons without a form around them; its parameter <c>Condition</c> is a <see cref="JsonObject"/> or null. What was posted wins, so that nothing typed is lost; its own
/// buttons are called <c>Do</c> and change only what is shown.
/// </param>
/// <param name="Read">The condition that was posted; an empty one where nothing was said.</param>
public sealed record ConditionForm(Type Component, Func<IFormCollection, Result<JsonObject>> Read);
