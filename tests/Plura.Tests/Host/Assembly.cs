using Plura.Tests;

[assembly: AssemblyFixture(typeof(PluraApp))]
