import { Button, Card, CardBody, Flex, Text } from '@backstage/ui';
import styles from './PersonaChooser.module.css';
import type { Persona } from './personas';

/** A card for each persona of the local portal. */
export function PersonaChooser(props: {
  personas: Persona[];
  onChoose: (persona: Persona) => void;
}) {
  const { personas, onChoose } = props;
  return (
    <main className={styles.page}>
      <Flex direction="column" gap="2" align="center">
        <Text as="h1" variant="title-medium" weight="bold">
          Lattice Portal
        </Text>
        <Text color="secondary">
          Runs on this machine, with an example estate. Who do you want to be?
        </Text>
      </Flex>
      <ul className={styles.personas}>
        {personas.map(persona => (
          <li key={persona.userEntityRef}>
            <Card>
              <CardBody>
                <Flex direction="column" gap="3" align="start">
                  <Text as="h2" variant="title-x-small" weight="bold">
                    {persona.title}
                  </Text>
                  {persona.description && (
                    <Text color="secondary">{persona.description}</Text>
                  )}
                  <Button
                    aria-label={`Enter as ${persona.title}`}
                    onPress={() => onChoose(persona)}
                  >
                    Enter
                  </Button>
                </Flex>
              </CardBody>
            </Card>
          </li>
        ))}
      </ul>
    </main>
  );
}
